// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "example.h"

#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>

using namespace autopass;

namespace {

const std::vector<Subject> subjects = {
    example::subject(
        example::function("kernel", 1, {example::loop(0, 1, 0), example::loop(1, 1, 8)}), 0.8),
    example::subject(example::function("ct_select", 2), 0.1)};

Proposal about(Plan plan, std::uint64_t function = 1) {
  return {{{example::fingerprint(function), std::move(plan)}}, "because", 1.05, "test"};
}

Plan params(const std::string& name, Value value) {
  Plan plan;
  plan.params.push_back({name, std::move(value)});
  return plan;
}

std::string printed(const Result<Repaired>& repaired) {
  return repaired ? print(repaired->proposal.plans.at(0).plan) : repaired.error().reason;
}

} // namespace

TEST_CASE("what is right is left alone, without a note") {
  const auto repaired = repair(about(params("unroll-count", std::int64_t{4})), subjects);
  CHECK(printed(repaired) == R"({"v":2,"params":{"unroll-count":4}})");
  CHECK(repaired->notes.empty());
  CHECK(repaired->proposal.agent == "test");
}

TEST_CASE("names, kinds, types and ranges are made right, with a note") {
  const auto check = [](const std::string& name, Value value, const std::string& expected) {
    const auto repaired = repair(about(params(name, std::move(value))), subjects);
    CHECK(printed(repaired) == expected);
    REQUIRE(repaired);
    CHECK(repaired->notes.size() == 1);
    const auto again = repair(repaired->proposal, subjects);
    CHECK(printed(again) == expected);
    CHECK(again->notes.empty());
  };
  check("unroll_count", std::int64_t{4}, R"({"v":2,"params":{"unroll-count":4}})");
  check("unrol-count", std::string("4"), R"({"v":2,"params":{"unroll-count":4}})");
  check("unroll-count", std::int64_t{4000}, R"({"v":2,"params":{"unroll-count":8}})");
  check("unroll-count", std::int64_t{-3}, R"({"v":2,"params":{"unroll-count":1}})");
  check("unroll-runtime", std::int64_t{0}, R"({"v":2,"params":{"unroll-runtime":false}})");
  check("force-vector-width", std::int64_t{8}, R"({"v":2,"params":{"force-vector-width":"8"}})");
  check("x86-cmov-converter", false, R"({"v":2,"codegen":{"x86-cmov-converter":false}})");
}

TEST_CASE("what nobody knows is refused with the reason") {
  for (const Plan& plan :
       {params("make-it-fast", true), params("unroll-count", std::string("four")),
        params("unroll-count", true), params("force-vector-width", std::string("7")), Plan{}}) {
    const auto repaired = repair(about(plan), subjects);
    REQUIRE_FALSE(repaired);
    CHECK(repaired.error().reason == "proposal-refused");
  }
  CHECK_FALSE(repair(Proposal{}, subjects));
  const auto foreign = repair(about(params("unroll-count", std::int64_t{4}), 77), subjects);
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().what.find("not one of the functions") != std::string::npos);
}

TEST_CASE("skips and attributes") {
  Plan plan;
  plan.pipeline.skip = {{"SLPVectorizerPas", 0}, {"GVNPass", 1000}, {"MagicPass", 0}};
  plan.attrs = {{"tune-cpu", std::string("znver3")}, {"noinline", false}};
  const auto repaired = repair(about(plan), subjects);
  CHECK(printed(repaired) ==
        R"({"v":2,"pipeline":{"skip":[{"pass":"GVNPass","run":64},{"pass":"SLPVectorizerPass"}]},)"
        R"("attrs":{"tune-cpu":"znver3"}})");
  CHECK(repaired->notes.size() == 4);
}

TEST_CASE("loop hints find their loop by hash, then by number") {
  Plan plan;
  const LoopEvidence second = subjects[0].evidence.loops[1];
  plan.loops = {{7, second.hash, {{"unroll", std::int64_t{4}}}},
                {0, Digest{}, {{"interleave", std::int64_t{2}}}},
                {9, Digest{}, {{"unroll", std::int64_t{4}}}},
                {0, Digest{5, 5}, {{"unroll", std::int64_t{4}}}}};
  const auto repaired = repair(about(plan), subjects);
  REQUIRE(repaired);
  const std::vector<LoopHint>& loops = repaired->proposal.plans[0].plan.loops;
  REQUIRE(loops.size() == 2);
  CHECK(loops[0].hash == subjects[0].evidence.loops[0].hash);
  REQUIRE(loops[0].hints.size() == 1); // what named this number and another hash is not here
  CHECK(loops[0].hints[0].name == "interleave");
  CHECK(loops[1].loop == 1);
  CHECK(loops[1].hash == second.hash);
}

TEST_CASE("constant-time code gets no lever on selects and branches") {
  Plan plan;
  plan.codegen = {{"x86-cmov-converter-force-all", true}};
  CHECK_FALSE(repair(about(plan, 2), subjects));
  plan.params = {{"unroll-count", std::int64_t{2}}};
  CHECK(printed(repair(about(plan, 2), subjects)) == R"({"v":2,"params":{"unroll-count":2}})");
}

TEST_CASE("one plan a function, bounded words, sane predictions") {
  Proposal proposal = about(params("unroll-count", std::int64_t{2}));
  proposal.plans.push_back({example::fingerprint(1), params("unroll-runtime", false)});
  proposal.predicted_ratio = std::nan("");
  proposal.hypothesis = std::string(5000, 'x') + "\n";
  const auto repaired = repair(proposal, subjects);
  REQUIRE(repaired);
  CHECK(repaired->proposal.plans.size() == 1);
  CHECK(elements(repaired->proposal.plans[0].plan).size() == 2);
  CHECK(repaired->proposal.predicted_ratio == 1);
  CHECK(repaired->proposal.hypothesis.size() == 400);
}

TEST_CASE("a pipeline is made right: names, places, options; what cannot be is dropped") {
  Plan plan;
  plan.pipeline.insert = {{"scalar_late", {{"GVNPass", {{"load-pre", std::int64_t{0}}}}, {"lower-atomic", {}}}},
                          {"loop-end", {{"licm", {}}}},
                          {"nowhere", {{"gvn", {}}}}};
  plan.pipeline.simplification = {{"sroa", {}}, {"instcombin", {{"max-iteration", std::int64_t{99}}}}};
  plan.pipeline.polly = true;
  const auto repaired = repair(about(plan), subjects);
  CHECK(printed(repaired) ==
        R"({"v":2,"pipeline":{"insert":[{"at":"scalar-late","passes":[{"pass":"gvn","options":{"load-pre":false}}]}],)"
        R"("simplification":[{"pass":"sroa"},{"pass":"instcombine","options":{"max-iterations":10}}],)"
        R"("polly":true}})");
  REQUIRE(repaired);
  CHECK(repaired->notes.size() == 7);
  CHECK(repair(repaired->proposal, subjects)->notes.empty());
}

TEST_CASE("decisions on calls and counts are taken as they are, or dropped") {
  Plan plan;
  plan.calls = {{0, {1, 2}, true}, {0, {1, 2}, false}, {-1, {1, 2}, true}};
  plan.profile = PlanProfile{{1, 2}, 10, {{1, 2}}};
  const auto repaired = repair(about(plan), subjects);
  REQUIRE(repaired);
  CHECK(elements(repaired->proposal.plans[0].plan) ==
        std::vector<std::string>{"calls 0 inline=true", "profile of 1 branch"});
  CHECK(repaired->notes.size() == 2);
  plan.calls.clear();
  plan.profile->weights = {{1}};
  CHECK_FALSE(repair(about(plan), subjects));
  plan.profile->weights = {{1, 2}}; // weights decide between selects and branches
  CHECK_FALSE(repair(about(plan, 2), subjects));
}

TEST_CASE("what was counted stays on functions that are no subject, and nothing else does") {
  Plan counted;
  counted.profile = PlanProfile{{1, 2}, 10, {{3, 4}, {}}};
  const std::vector<FunctionPlan> profiles = {{example::fingerprint(77), counted}};
  const auto kept = repair(about(counted, 77), subjects, profiles);
  REQUIRE(kept);
  CHECK(kept->notes.empty());
  CHECK(kept->proposal.plans.at(0).plan == counted);
  CHECK_FALSE(repair(about(counted, 77), subjects));

  Plan more = counted;
  more.params = params("unroll-count", std::int64_t{4}).params;
  const auto cut = repair(about(more, 77), subjects, profiles);
  REQUIRE(cut);
  CHECK(cut->notes.size() == 1);
  CHECK(cut->proposal.plans.at(0).plan == counted);
  CHECK(repair(about(more, 1), subjects, profiles)->proposal.plans.at(0).plan == more);
}

TEST_CASE("a profile of many functions is not cut where agents are") {
  std::vector<FunctionPlan> profiles;
  Proposal proposal;
  for (std::uint64_t function = 100; function < 300; ++function) {
    profiles.push_back({example::fingerprint(function), {}});
    profiles.back().plan.profile = PlanProfile{{1, 2}, 10, {{3, 4}}};
  }
  proposal.plans = profiles;
  CHECK(repair(proposal, subjects, profiles)->proposal.plans.size() == 200);
}
