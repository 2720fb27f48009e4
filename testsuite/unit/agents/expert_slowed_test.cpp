// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "agents/expert/moves.h"
#include "agents/expert/slowed.h"
#include "example.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

FunctionPlan plan(std::uint64_t function, const std::string& body) {
  return {example::fingerprint(function), parse(R"({"v":2,)" + body + "}").value()};
}

const std::string unroll = R"("params":{"unroll-count":4})", cmov = R"("codegen":{"x86-cmov-converter":false})",
                  both = unroll + "," + cmov;

Trial measured(std::vector<FunctionPlan> plans, double ratio) {
  Trial trial;
  trial.proposal.plans = std::move(plans);
  trial.verdict = Verdict::NoDifference;
  trial.interval = {ratio, ratio - 0.005, ratio + 0.005, 8};
  return trial;
}

} // namespace

TEST_CASE("what a candidate has beyond a part of it is known by function and element") {
  const std::vector<FunctionPlan> whole{plan(1, both), plan(2, unroll)};
  const auto rest = beyond(whole, {plan(1, cmov)});
  REQUIRE(rest);
  REQUIRE(rest->size() == 2);
  CHECK(rest->at(0).plan == plan(1, unroll).plan);
  CHECK(rest->at(1).plan == plan(2, unroll).plan);
  CHECK_FALSE(beyond(whole, whole));
  CHECK_FALSE(beyond(whole, {plan(3, unroll)}));
  CHECK_FALSE(beyond(whole, {plan(2, both)}));
}

TEST_CASE("of a join that is slower than a part of it, one element after the other is left out") {
  const std::vector<Subject> subjects = {example::subject(example::function("kernel", 1), 0.6),
                                         example::subject(example::function("second", 2), 0.3)};
  const std::vector<std::vector<Finding>> findings(2);
  std::vector<Trial> trials{measured({plan(1, unroll)}, 1.06), measured({plan(1, both), plan(2, unroll)}, 0.97)};
  const SearchState state{subjects, findings, trials, 1, 100, 1, "znver4"};
  const auto proposed = [&] {
    const History history(state);
    return Moves(state, history).relieved();
  };
  const auto proposals = proposed();
  REQUIRE(proposals.size() == 2);
  CHECK(plans_key(proposals[0].plans) == plans_key({plan(1, unroll), plan(2, unroll)}));
  CHECK(plans_key(proposals[1].plans) == plans_key({plan(1, both)}));

  trials[1] = measured({plan(1, both)}, 0.97); // one element: it is known which
  CHECK(proposed().empty());
  trials[1] = measured({plan(1, both), plan(2, unroll)}, 1.058);
  CHECK(proposed().empty());
}

TEST_CASE("a diagnosis says what a join was slower by") {
  const std::vector<Trial> trials{measured({plan(1, unroll)}, 1.06), measured({plan(1, cmov)}, 1.08)};
  CHECK(slowed_by(measured({plan(1, both)}, 1.04), trials) ==
        "slower than without params unroll-count=4 (1.080x)");
  CHECK(slowed_by(measured({plan(1, both)}, 1.075), trials).empty());
  CHECK(slowed_by(measured({plan(2, both)}, 0.9), trials).empty());
}
