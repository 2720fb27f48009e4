// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/plan.h"
#include "util/text.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

Plan plan_with(const Entry& entry, Value value) {
  Plan plan;
  const Setting setting{std::string(entry.name), std::move(value)};
  switch (entry.kind) {
  case Kind::Params: plan.params = {setting}; break;
  case Kind::Codegen: plan.codegen = {setting}; break;
  case Kind::Attrs: plan.attrs = {setting}; break;
  case Kind::Loops: plan.loops = {{0, {1, 2}, {setting}}}; break;
  case Kind::Pipeline:
  case Kind::Calls:
  case Kind::Profile: break; // are no settings
  }
  return plan;
}

// Valid, and the text form is read back as the same plan.
bool accepted(const Plan& plan) {
  if (!validate(plan)) {
    return false;
  }
  const auto again = parse(print(plan));
  REQUIRE(again);
  CHECK(*again == plan);
  CHECK(digest(*again) == digest(plan));
  return true;
}

} // namespace

TEST_CASE("every entry: its range's ends are in, what lies just outside is out") {
  for (const Entry& entry : vocabulary()) {
    CAPTURE(entry.name);
    if (entry.kind == Kind::Pipeline || entry.kind == Kind::Calls || entry.kind == Kind::Profile) {
      continue;
    }
    switch (entry.type) {
    case ValueType::Flag:
      CHECK(accepted(plan_with(entry, true)) == (entry.high == 1));
      CHECK(accepted(plan_with(entry, false)) == (entry.low == 0));
      CHECK_FALSE(accepted(plan_with(entry, std::int64_t(1))));
      break;
    case ValueType::Number:
      CHECK(accepted(plan_with(entry, entry.low)));
      CHECK(accepted(plan_with(entry, entry.high)));
      CHECK_FALSE(accepted(plan_with(entry, entry.low - 1)));
      CHECK_FALSE(accepted(plan_with(entry, entry.high + 1)));
      CHECK_FALSE(accepted(plan_with(entry, std::to_string(entry.low))));
      CHECK_FALSE(accepted(plan_with(entry, true)));
      break;
    case ValueType::Word:
      for (const std::string& word : split(entry.words, '|')) {
        CHECK(accepted(plan_with(entry, word)));
      }
      CHECK_FALSE(accepted(plan_with(entry, std::string(entry.words))));
      CHECK_FALSE(accepted(plan_with(entry, std::string())));
      CHECK_FALSE(accepted(plan_with(entry, false)));
      break;
    }
  }
}

TEST_CASE("every admitted pass: left out by its class, inserted where its level fits") {
  for (const AdmittedPass& pass : passes()) {
    CAPTURE(pass.id);
    const std::string id(pass.id), class_name(pass.class_name);
    Plan plan;
    plan.pipeline.skip = {{class_name}};
    CHECK(accepted(plan) == ((pass.uses & can_skip) != 0));
    plan = Plan{};
    plan.pipeline.simplification = {{id, {}}};
    CHECK(accepted(plan) == ((pass.uses & can_insert) != 0 && pass.id != "lower-constant-intrinsics"));
    plan = Plan{};
    plan.pipeline.optimization = {{id, {}}};
    CHECK(accepted(plan) == ((pass.uses & can_insert) != 0));
    for (const InsertionPoint& point : insertion_points()) {
      plan = Plan{};
      plan.pipeline.insert = {{std::string(point.name), {{id, {}}}}};
      CHECK(accepted(plan) == fits(pass, point));
    }
    for (const Entry& option : pass.options) {
      CAPTURE(option.name);
      const auto with = [&](Value value) {
        Plan one;
        one.pipeline.optimization = {{id, {{std::string(option.name), std::move(value)}}}};
        return one;
      };
      CHECK(accepted(with(true)) == (option.type == ValueType::Flag));
      CHECK(accepted(with(option.high)) == (option.type == ValueType::Number));
      CHECK_FALSE(accepted(with(option.high + 1)));
      CHECK_FALSE(accepted(with(std::string("no"))));
    }
  }
}

TEST_CASE("an error names the place") {
  Plan plan;
  plan.params = {{"unroll-count", std::int64_t(99)}};
  const auto verdict = validate(plan);
  REQUIRE_FALSE(verdict);
  CHECK(verdict.error().what ==
        "invalid plan: params 'unroll-count' must be a whole number from 1 to 8");
}

TEST_CASE("nothing may be said twice") {
  Plan plan;
  plan.params = {{"enable-load-pre", true}, {"unroll-count", std::int64_t(2)}, {"enable-load-pre", false}};
  CHECK_FALSE(validate(plan));
  normalise(plan);
  CHECK(validate(plan));
  CHECK(plan.params[0] == Setting{"enable-load-pre", false});
}

TEST_CASE("a loop's copies are counted in one way") {
  Plan plan;
  plan.params = {{"unroll-count", std::int64_t(4)}, {"unroll-peel-count", std::int64_t(1)}};
  CHECK(validate(plan).error().what.find("exclude each other") != std::string::npos);
  plan.params[1].value = std::int64_t(0); // nothing is peeled
  CHECK(validate(plan));
}
