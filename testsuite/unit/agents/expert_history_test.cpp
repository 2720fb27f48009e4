// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "agents/expert/history.h"

#include "example.h"

#include <cmath>
#include <doctest/doctest.h>

using namespace autopass;

namespace {

const std::vector<Subject> nobody; // a history asks nothing about them
const std::vector<std::vector<Finding>> no_findings;

} // namespace

TEST_CASE("luck in few pairs counts for little, and repeats are pooled") {
  std::vector<Trial> trials;
  const Proposal proposal{{{example::fingerprint(1), {}}}, "", 1, "expert"};
  trials.push_back({proposal, Verdict::NoDifference, {1.02, 0, INFINITY, 3}, ""});
  const SearchState noisy{nobody, no_findings, trials, 4, 100, 1, "znver4"};
  CHECK(History(noisy).winners().empty());
  trials.push_back({proposal, Verdict::Faster, {1.06, 1.05, 1.07, 9}, ""});
  const SearchState again{nobody, no_findings, trials, 1, 100, 1, "znver4"};
  const History history(again);
  REQUIRE(history.winners().size() == 1);
  CHECK(history.best()->pairs == 12);
  CHECK(history.best()->gain < std::log(1.048)); // they were measured to give 1.0499
  trials.push_back({proposal, Verdict::NoDifference, {1, 0, 0, 0}, "same machine code"});
  trials.push_back({proposal, Verdict::Faster, {1.5, 1.4, 1.6, 9}, "same machine code as another"});
  CHECK(History(again).best()->pairs == 12);
  CHECK(History(again).measured() == 2);
}

TEST_CASE("on top of a profile only what a lever adds is its gain") {
  Plan counted;
  counted.profile = PlanProfile{{1, 2}, 9, {{3, 4}}};
  const FunctionPlan profile{example::fingerprint(1), counted};
  const auto with = [&](const char* attribute) {
    Proposal proposal{{profile}, "", 1, "expert"};
    proposal.plans[0].plan.attrs = {{attribute, true}};
    return proposal;
  };
  const auto trial = [](const Proposal& proposal, double ratio) {
    return Trial{proposal, Verdict::Faster, {ratio, ratio - 0.001, ratio + 0.001, 16}, ""};
  };
  const Proposal alone{{profile}, "", 1, "expert"};
  const std::vector<Trial> trials = {trial(alone, 1.05), trial(with("optsize"), 1.03),
                                     trial(with("noinline"), 1.07)};
  const History history({nobody, no_findings, trials, 0.3, 100, 1, "znver4"});
  REQUIRE(history.winners().size() == 2); // not the one that is slower than the profile
  CHECK(history.best()->proposal->plans[0].plan.attrs[0].name == "noinline");
  CHECK(history.best()->base == history.best_profile());
  CHECK(history.best()->gain > history.best_profile()->gain);
  CHECK(history.best()->gain < std::log(1.07));
}

TEST_CASE("levers stay on top of one profile while another is no faster than that by luck") {
  std::vector<FunctionPlan> all;
  for (std::uint64_t function = 1; function <= 20; ++function) {
    all.push_back({example::fingerprint(function), {}});
    all.back().plan.profile = PlanProfile{{1, 2}, 9, {{3, 4}}};
  }
  const std::vector<FunctionPlan> hottest(all.begin(), all.begin() + 10);
  const auto functions = [&](double ratio_of_hottest) {
    const std::vector<Trial> trials = {
        {{all, "", 1, "expert"}, Verdict::Faster, {1.050, 1.046, 1.054, 16}, ""},
        {{hottest, "", 1, "expert"}, Verdict::Faster, {ratio_of_hottest, ratio_of_hottest - 0.004, ratio_of_hottest + 0.004, 16}, ""}};
    return History({nobody, no_findings, trials, 0.3, 100, 1, "znver4"}).best_profile()->proposal->plans.size();
  };
  CHECK(functions(1.053) == 20);
  CHECK(functions(1.080) == 10);
}
