// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build/blame.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace autopass;

namespace {

const Setting bad{"unroll-count", std::int64_t{4}}, good{"disable-licm-promotion", true};
const Error crash{"signal 11", {}, "plan-crashed"};

StoredPlan plan(std::uint64_t function, std::vector<Setting> params) {
  StoredPlan stored;
  stored.fingerprint = {1, function};
  stored.plan.params = std::move(params);
  normalise(stored.plan);
  return stored;
}

struct Compiler {
  int runs = 0;
  bool only_together = false;
  std::optional<Error> operator()(const std::vector<StoredPlan>& plans) {
    ++runs;
    const bool fails = std::any_of(plans.begin(), plans.end(), [&](const StoredPlan& stored) {
      const auto& params = stored.plan.params;
      return std::find(params.begin(), params.end(), bad) != params.end() &&
             (!only_together || params.size() > 1);
    });
    return fails ? std::optional(crash) : std::nullopt;
  }
};

} // namespace

TEST_CASE("of several plans the one element that fails is to blame") {
  Compiler compiler;
  const auto blamed =
      blame({plan(1, {good}), plan(2, {good, bad})}, crash, std::ref(compiler));
  REQUIRE(blamed.size() == 1);
  CHECK(blamed[0].plan.fingerprint == Digest{1, 2});
  CHECK(blamed[0].plan.plan.params == std::vector<Setting>{bad});
  CHECK(blamed[0].error.reason == "plan-crashed");
}

TEST_CASE("a plan whose elements fail only together is to blame as a whole") {
  Compiler compiler{0, true};
  const StoredPlan both = plan(1, {good, bad});
  const auto blamed = blame({both}, crash, std::ref(compiler));
  REQUIRE(blamed.size() == 1);
  CHECK(blamed[0].plan.plan == both.plan);
}

TEST_CASE("a single element is to blame without another compile") {
  Compiler compiler;
  CHECK(blame({plan(1, {bad})}, crash, std::ref(compiler)).size() == 1);
  CHECK(compiler.runs == 0);
}

TEST_CASE("a compile that was not started or not finished blames nobody") {
  CHECK(is_plan_failure("plan-crashed"));
  CHECK(is_plan_failure("plan-timeout"));
  CHECK_FALSE(is_plan_failure("plan-unprotected"));
  CHECK_FALSE(is_plan_failure("compile-failed"));
}
