// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/plan.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

Plan example() {
  Plan plan;
  plan.params = {{"unroll-count", std::int64_t(4)}};
  plan.codegen = {{"x86-cmov-converter", false}};
  plan.pipeline.skip = {{"GVNPass", 2}, {"SLPVectorizerPass"}};
  plan.attrs = {{"tune-cpu", std::string("znver3")}};
  plan.loops = {{1, {1, 2}, {{"interleave", std::int64_t(2)}, {"width", std::string("8")}}}};
  return plan;
}

// Has what example() lacks.
Plan other_example() {
  Plan plan;
  plan.pipeline.insert = {
      {"scalar-late", {{"gvn", {}}, {"licm", {{"allowspeculation", false}}}}}};
  plan.pipeline.simplification = {{"sroa", {}}, {"early-cse", {{"memssa", true}}}};
  plan.pipeline.optimization = {{"loop-unroll", {}}};
  plan.pipeline.polly = true;
  plan.calls = {{2, {3, 4}, true}, {7, {5, 6}, false}};
  plan.profile = PlanProfile{{7, 8}, 1000, {{10, 90}, {}}};
  return plan;
}

} // namespace

TEST_CASE("elements in canonical order, a loop's hints one by one") {
  CHECK(elements(example()) ==
        std::vector<std::string>{"skip GVNPass run 2", "skip SLPVectorizerPass",
                                 "params unroll-count=4", "codegen x86-cmov-converter=false",
                                 "attrs tune-cpu=znver3", "loops 1 interleave=2",
                                 "loops 1 width=8"});
  CHECK(elements(other_example()) ==
        std::vector<std::string>{"insert scalar-late gvn",
                                 "insert scalar-late licm(allowspeculation=false)",
                                 "simplification sroa,early-cse(memssa=true)",
                                 "optimization loop-unroll", "polly", "calls 2 inline=true",
                                 "calls 7 inline=false", "profile of 2 branches"});
  CHECK(elements(Plan{}).empty());
}

TEST_CASE("without takes away exactly the element at that place") {
  for (const Plan& plan : {example(), other_example()}) {
    const auto all = elements(plan);
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto expected = all;
      expected.erase(expected.begin() + std::ptrdiff_t(i));
      CHECK(elements(without(plan, i)) == expected);
    }
  }
}

TEST_CASE("taking all away ends with the empty plan") {
  Plan plan = merge(example(), other_example());
  while (!plan.empty()) {
    plan = without(plan, elements(plan).size() - 1);
  }
  CHECK(print(plan) == R"({"v":2})");
}

TEST_CASE("merge: over wins where both speak of the same thing, the rest adds up") {
  Plan over;
  over.params = {{"unroll-count", std::int64_t(8)}, {"enable-load-pre", false}};
  over.pipeline.skip = {{"GVNPass"}};
  over.loops = {{1, {1, 2}, {{"width", std::string("4")}}}, {2, {3, 4}, {{"vectorize", false}}}};
  const Plan merged = merge(example(), over);
  CHECK(elements(merged) ==
        std::vector<std::string>{"skip GVNPass", "skip SLPVectorizerPass",
                                 "params enable-load-pre=false", "params unroll-count=8",
                                 "codegen x86-cmov-converter=false", "attrs tune-cpu=znver3",
                                 "loops 1 interleave=2", "loops 1 width=4",
                                 "loops 2 vectorize=false"});
  CHECK(merge(example(), Plan{}) == example());
  CHECK(merge(Plan{}, example()) == example());
}

TEST_CASE("merge: passes at one place, halves, calls and the profile") {
  CHECK(merge(other_example(), other_example()) == other_example());
  Plan over;
  over.pipeline.insert = {{"scalar-late", {{"licm", {}}, {"dse", {}}}}, {"peephole", {{"dce", {}}}}};
  over.pipeline.optimization = {{"slp-vectorizer", {}}};
  over.calls = {{7, {9, 9}, true}};
  over.profile = PlanProfile{{1, 1}, 5, {}};
  const Plan merged = merge(other_example(), over);
  CHECK(elements(merged) ==
        std::vector<std::string>{"insert peephole dce", "insert scalar-late gvn",
                                 "insert scalar-late licm", "insert scalar-late dse",
                                 "simplification sroa,early-cse(memssa=true)",
                                 "optimization slp-vectorizer", "polly", "calls 2 inline=true",
                                 "calls 7 inline=true", "profile of 0 branches"});
  CHECK(merged.profile == over.profile);
  CHECK(merged.calls[1].callee == Digest{9, 9});
}

TEST_CASE("merge: another loop under the same number replaces the hints") {
  Plan over;
  over.loops = {{1, {9, 9}, {{"unroll", std::int64_t(2)}}}};
  CHECK(merge(example(), over).loops == over.loops);
}
