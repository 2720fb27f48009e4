// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/phase.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

const char* const whole =
    R"({"v":2,"pipeline":{"skip":[{"pass":"GVNPass"},{"pass":"InstCombinePass","run":2}],)"
    R"("insert":[{"at":"scalar-late","passes":[{"pass":"gvn"}]},)"
    R"({"at":"vectorizer-end","passes":[{"pass":"instcombine"}]}]},)"
    R"("params":{"unroll-count":4},"codegen":{"tail-dup-size":3},"attrs":{"align":"64"},)"
    R"("loops":[{"loop":0,"hash":"00112233445566778899aabbccddeeff","unroll":4}],)"
    R"("calls":[{"call":1,"callee":"00112233445566778899aabbccddeeff","inline":true}]})";

Plan plan_of(const char* text) {
  const auto plan = parse(text);
  REQUIRE_MESSAGE(plan, (plan ? "" : plan.error().what));
  return *plan;
}

} // namespace

TEST_CASE("without LTO all of a plan acts") {
  const Plan plan = plan_of(whole);
  CHECK(part_of(plan, Phase::Whole) == plan);
  CHECK(idle_settings(plan, Phase::Whole) == 0);
}

TEST_CASE("before a ThinLTO link: what goes into the bitcode and the first half") {
  const Plan plan = plan_of(whole);
  const Plan part = part_of(plan, Phase::BeforeThinLink);
  CHECK(part.pipeline.skip == plan.pipeline.skip);
  REQUIRE(part.pipeline.insert.size() == 1);
  CHECK(part.pipeline.insert[0].at == "scalar-late");
  CHECK(part.params == plan.params);
  CHECK(part.attrs == plan.attrs);
  CHECK(part.calls == plan.calls);
  CHECK(part.codegen.empty());
  CHECK(part.loops.empty());
  CHECK(idle_settings(plan, Phase::BeforeThinLink) == 1);
}

TEST_CASE("before an LTO link: all but the back end") {
  Plan plan = plan_of(whole);
  const Plan part = part_of(plan, Phase::BeforeFullLink);
  plan.codegen.clear();
  CHECK(part == plan);
}

TEST_CASE("in a ThinLTO link: what lives in the IR and belongs to the second half") {
  const Plan plan = plan_of(whole);
  const Plan part = part_of(plan, Phase::ThinLink);
  REQUIRE(part.pipeline.skip.size() == 1);
  CHECK(part.pipeline.skip[0].pass == "GVNPass");
  REQUIRE(part.pipeline.insert.size() == 1);
  CHECK(part.pipeline.insert[0].at == "vectorizer-end");
  CHECK(part.loops == plan.loops);
  CHECK(part.params.empty());
  CHECK(part.codegen.empty());
  CHECK(part.attrs.empty());
  CHECK(part.calls.empty());
  CHECK(idle_settings(plan, Phase::ThinLink) == 1);
}

TEST_CASE("in an LTO link: passes that never run") {
  const Plan part = part_of(plan_of(whole), Phase::FullLink);
  CHECK(print(part) == R"({"v":2,"pipeline":{"skip":[{"pass":"GVNPass"}]}})");
}
