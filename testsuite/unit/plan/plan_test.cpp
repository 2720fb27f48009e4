// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/plan.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("two orders of the same settings have one digest, another value has another") {
  Plan a, b;
  a.params = {{"unroll-count", std::int64_t(4)}, {"enable-load-pre", false}};
  a.pipeline.skip = {{"SLPVectorizerPass"}, {"GVNPass", 2}};
  b.params = {{"enable-load-pre", false}, {"unroll-count", std::int64_t(4)}};
  b.pipeline.skip = {{"GVNPass", 2}, {"SLPVectorizerPass"}};
  CHECK(digest(a) == digest(b));
  b.pipeline.skip[0].run = 1;
  CHECK(digest(a) != digest(b));
}

// Stored plans and tags in objects carry digests: this one must never change within a version.
TEST_CASE("the digest is stable") {
  Plan plan;
  plan.params = {{"unroll-count", std::int64_t(4)}};
  CHECK(print(plan) == R"({"v":2,"params":{"unroll-count":4}})");
  CHECK(digest(plan) == hash_text(R"({"v":2,"params":{"unroll-count":4}})"));
}

TEST_CASE("for people a profile is a count and a digest") {
  Plan plan;
  plan.profile = PlanProfile{{1, 2}, 10, {{3, 4}, {}}};
  CHECK(print_briefly(plan) == R"({"v":2,"profile":{"cfg":"00000000000000010000000000000002","entry":10,)"
                               R"("branches":2,"digest":")" +
                                   digest(*plan.profile).hex() + "\"}}");
  PlanProfile other = *plan.profile;
  other.weights = {{3}, {4}};
  CHECK(digest(other) != digest(*plan.profile));
  CHECK_FALSE(parse(print_briefly(plan)));
}

TEST_CASE("normalise drops loops without hints and doubled skips") {
  Plan plan;
  plan.loops = {{3, {1, 2}, {{"unroll", std::int64_t(2)}}}, {1, {1, 2}, {}}};
  plan.pipeline.skip = {{"GVNPass"}, {"GVNPass"}};
  normalise(plan);
  REQUIRE(plan.loops.size() == 1);
  CHECK(plan.loops[0].loop == 3);
  CHECK(plan.pipeline.skip.size() == 1);
}
