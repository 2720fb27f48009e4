// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/deny_list.h"

#include "cache/schema.h"
#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

Denial denial(std::uint64_t function, std::int64_t count, int major = 22) {
  return {major, {1, function}, unroll(function, count).plan, "f", "plan-crashed", "signal 11", ""};
}

} // namespace

TEST_CASE("what is denied stays denied, once, and is no part of a snapshot") {
  const TestFolder folder;
  {
    auto store = PlanStore::open(folder / "plans.db");
    REQUIRE(store->deny(denial(1, 4)));
    REQUIRE(store->deny(denial(1, 4)));
    REQUIRE(store->deny(denial(1, 4, 19)));
    REQUIRE(store->publish(folder / "snapshot"));
  }
  auto store = PlanStore::open(folder / "plans.db");
  const auto denials = store->denials();
  REQUIRE(denials->size() == 2);
  CHECK(denials->front().plan == unroll(1, 4).plan);
  CHECK(denials->front().reason == "plan-crashed");
  CHECK(denials->front().detail == "signal 11");
  CHECK_FALSE(denials->front().created_at.empty());
  auto snapshot = Database::open_writable(folder / "snapshot");
  CHECK(denials_in(*snapshot)->empty());
}

TEST_CASE("a plan is denied that says all of what failed, for the same function") {
  Denial both = denial(1, 4);
  both.plan.codegen = {{"x86-cmov-converter", false}};
  const std::vector<Denial> denials = {both};
  Plan plan = both.plan;
  CHECK(find_denial(denials, {1, 1}, plan) == &denials.front());
  plan.params.push_back({"licm-max-num-uses-traversed", std::int64_t{9}});
  normalise(plan);
  CHECK(find_denial(denials, {1, 1}, plan) == &denials.front());
  CHECK(find_denial(denials, {1, 2}, plan) == nullptr);
  plan.codegen.clear();
  CHECK(find_denial(denials, {1, 1}, plan) == nullptr);
  CHECK(find_denial(denials, {1, 1}, unroll(1, 8).plan) == nullptr);
}
