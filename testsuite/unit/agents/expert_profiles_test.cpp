// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Measured branch weights in the expert's search.
#include "small_world.h"

#include <algorithm>

using namespace autopass;

TEST_CASE("profiles come first, and every other lever on top of one that wins") {
  World world;
  world.subjects = {example::subject(example::function("kernel", 1, {example::loop(0, 1, 0)}), 0.8)};
  PlanProfile counted;
  counted.weights = {{3, 4}};
  for (std::uint64_t function = 1; function <= 40; ++function) {
    world.profiles.push_back({example::fingerprint(function), {}});
    world.profiles.back().plan.profile = counted;
  }
  world.effects = {{"kernel profile of 1 branch", 0.08}, {"kernel params unroll-count=4", 0.05}};
  const auto trials = search(world, 60);
  REQUIRE(trials.size() > 10);
  CHECK(trials[0].proposal.plans.size() == 40);
  CHECK(trials[1].proposal.plans.size() == 30);
  for (const Trial& trial : trials) {
    CHECK(trial.proposal.plans.size() >= 10); // never without it
  }
  CHECK(std::any_of(trials.begin(), trials.end(), [&](const Trial& trial) {
    return world.truth(trial.proposal) > 0.12;
  }));
}

TEST_CASE("ahead of a model the profile is proposed once, and the expert goes on from there") {
  const std::vector<Subject> subjects = {
      example::subject(example::function("kernel", 1, {example::loop(0, 1, 0)}), 0.8)};
  const std::vector<std::vector<Finding>> findings(1);
  Plan counted;
  counted.profile = PlanProfile{{1, 2}, 9, {{3, 4}}};
  const std::vector<FunctionPlan> profiles(12, FunctionPlan{example::fingerprint(1), counted});
  std::vector<Trial> trials;
  const SearchState before{subjects, findings, trials, 1, 100, 1, "znver4", profiles};
  const auto first = make_profile_reasoning();
  const auto proposals = first->propose(before);
  REQUIRE(proposals);
  REQUIRE(proposals->size() == 1);
  CHECK(proposals->front().agent == "expert");
  CHECK(proposals->front().plans.size() == 12);
  CHECK(first->propose(before)->empty());
  CHECK(make_profile_reasoning()->propose({subjects, findings, trials, 1, 100, 1, "znver4"})->empty());

  trials = {{proposals->front(), Verdict::NoDifference, {0.99, 0.98, 1, 9}, ""}};
  const SearchState after{subjects, findings, trials, 1, 100, 1, "znver4", profiles};
  CHECK(make_profile_reasoning()->propose(after)->empty());
  const auto others = make_expert_reasoning()->propose(after);
  REQUIRE(others);
  REQUIRE_FALSE(others->empty());
  for (const Proposal& proposal : *others) {
    CHECK_FALSE(proposal.plans.front().plan.profile.has_value());
  }
}

TEST_CASE("a profile that wins nothing is in nobody's way") {
  World world;
  world.subjects = {example::subject(example::function("kernel", 1, {example::loop(0, 1, 0)}), 0.8)};
  world.profiles = {{example::fingerprint(1), {}}};
  world.profiles[0].plan.profile = PlanProfile{{1, 2}, 9, {{3, 4}}};
  world.effects = {{"kernel profile of 1 branch", -0.03}, {"kernel params unroll-count=4", 0.05}};
  const auto trials = search(world, 30);
  REQUIRE(trials.size() > 5);
  CHECK(trials[0].proposal.plans[0].plan.profile.has_value());
  CHECK(std::count_if(trials.begin(), trials.end(), [](const Trial& trial) {
          return trial.proposal.plans[0].plan.profile.has_value();
        }) == 1);
}
