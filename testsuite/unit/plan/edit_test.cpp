// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/plan.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

Plan example() {
  Plan plan;
  plan.params = {{"unroll-count", std::int64_t(4)}};
  plan.codegen = {{"x86-cmov-converter", false}};
  plan.skip = {{"GVNPass", 2}, {"SLPVectorizerPass"}};
  plan.attrs = {{"tune-cpu", std::string("znver3")}};
  plan.loops = {{1, {1, 2}, {{"interleave", std::int64_t(2)}, {"width", std::string("8")}}}};
  return plan;
}

} // namespace

TEST_CASE("elements in canonical order, a loop's hints one by one") {
  CHECK(elements(example()) ==
        std::vector<std::string>{"params unroll-count=4", "codegen x86-cmov-converter=false",
                                 "skip GVNPass run 2", "skip SLPVectorizerPass",
                                 "attrs tune-cpu=znver3", "loops 1 interleave=2",
                                 "loops 1 width=8"});
  CHECK(elements(Plan{}).empty());
}

TEST_CASE("without takes away exactly the element at that place") {
  const auto all = elements(example());
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto expected = all;
    expected.erase(expected.begin() + std::ptrdiff_t(i));
    CHECK(elements(without(example(), i)) == expected);
  }
}

TEST_CASE("taking all away ends with the empty plan") {
  Plan plan = example();
  while (!plan.empty()) {
    plan = without(plan, elements(plan).size() - 1);
  }
  CHECK(print(plan) == R"({"v":1})");
}

TEST_CASE("merge: over wins where both speak of the same thing, the rest adds up") {
  Plan over;
  over.params = {{"unroll-count", std::int64_t(8)}, {"enable-pre", false}};
  over.skip = {{"GVNPass"}};
  over.loops = {{1, {1, 2}, {{"width", std::string("4")}}}, {2, {3, 4}, {{"vectorize", false}}}};
  const Plan merged = merge(example(), over);
  CHECK(elements(merged) ==
        std::vector<std::string>{"params enable-pre=false", "params unroll-count=8",
                                 "codegen x86-cmov-converter=false", "skip GVNPass",
                                 "skip SLPVectorizerPass", "attrs tune-cpu=znver3",
                                 "loops 1 interleave=2", "loops 1 width=4",
                                 "loops 2 vectorize=false"});
  CHECK(merge(example(), Plan{}) == example());
  CHECK(merge(Plan{}, example()) == example());
}

TEST_CASE("merge: another loop under the same number replaces the hints") {
  Plan over;
  over.loops = {{1, {9, 9}, {{"unroll", std::int64_t(2)}}}};
  CHECK(merge(example(), over).loops == over.loops);
}
