// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expert's search in a small world.
#include "small_world.h"

#include <algorithm>
#include <set>

using namespace autopass;

namespace {

bool mentions(const std::vector<Trial>& trials, const std::string& element) {
  return std::any_of(trials.begin(), trials.end(), [&](const Trial& trial) {
    return std::any_of(trial.proposal.plans.begin(), trial.proposal.plans.end(),
                       [&](const FunctionPlan& plan) {
                         const auto all = elements(plan.plan);
                         return std::find(all.begin(), all.end(), element) != all.end();
                       });
  });
}

} // namespace

TEST_CASE("evidence decides which levers are tried") {
  const auto loops = search(loops_world(), 60);
  CHECK(mentions(loops, "params unroll-count=4"));
  CHECK(mentions(loops, "attrs tune-cpu=znver4"));
  CHECK_FALSE(mentions(loops, "attrs no-jump-tables=true")); // no switch
  World flat{{example::subject(example::function("flat", 1), 0.9)}, {}};
  const auto without = search(flat, 60);
  CHECK_FALSE(mentions(without, "params unroll-count=4"));
  CHECK(mentions(without, "codegen x86-cmov-converter=false"));
  World deep{{example::subject(example::function("deep", 1, {example::loop(0, 1, 0), example::loop(1, 3, 0, 4)}), 0.9)}, {}};
  CHECK_FALSE(mentions(search(deep, 60), "params unroll-count=4")); // it would multiply through the nest
  World unknown_cpu = loops_world();
  unknown_cpu.cpu = "made-up";
  CHECK_FALSE(mentions(search(unknown_cpu, 20), "attrs tune-cpu=made-up"));
}

TEST_CASE("a pass that changed nothing is not left out") {
  World world = loops_world();
  for (Subject& subject : world.subjects) {
    subject.evidence.passes = {{"LoopUnrollPass", 2, 0}, {"GVNPass", 2, 1}};
  }
  const auto trials = search(world, 150);
  CHECK_FALSE(mentions(trials, "skip LoopUnrollPass"));
  CHECK(mentions(trials, "skip GVNPass"));
}

TEST_CASE("a call that was nearly inlined is inlined, a dear one kept, and a plain nest goes through polly") {
  World world = loops_world();
  FunctionEvidence& kernel = world.subjects[0].evidence;
  kernel.loops.push_back(example::loop(2, 2, 0));
  CallEvidence near{4, "near", example::fingerprint(8), true, 0, 1, 260, 225};
  CallEvidence far{5, "far", example::fingerprint(9), true, 0, 1, 900, 225};
  CallEvidence shut{6, "shut", example::fingerprint(10), false, 0, 1, 260, 225};
  CallEvidence dear{7, "dear", example::fingerprint(11), true, 1, 0, 200, 225};
  kernel.call_sites = {near, far, shut, dear};
  const auto trials = search(world, 150);
  CHECK(mentions(trials, "polly"));
  CHECK(mentions(trials, "calls 4 inline=true"));
  CHECK(mentions(trials, "calls 7 inline=false"));
  CHECK_FALSE(mentions(trials, "calls 5 inline=true")); // four times the threshold
  CHECK_FALSE(mentions(trials, "calls 6 inline=true")); // the language or the source forbids it
}

TEST_CASE("each proposal is valid, cites evidence and predicts") {
  const World world = loops_world();
  const std::vector<Trial> trials = search(world, 60);
  CHECK(trials.front().proposal.predicted_ratio > 1); // nothing has disappointed yet
  for (const Trial& trial : trials) {
    const auto repaired = repair(trial.proposal, world.subjects);
    REQUIRE(repaired);
    CHECK(repaired->notes.empty());
    CHECK(plans_key(repaired->proposal.plans) == plans_key(trial.proposal.plans));
    CHECK(trial.proposal.hypothesis.size() > 30);
    CHECK(trial.proposal.predicted_ratio > 0.9);
    CHECK(trial.proposal.agent == "expert");
  }
}

TEST_CASE("the same trials give the same proposals") {
  const auto one = search(loops_world(), 40), other = search(loops_world(), 40);
  REQUIRE(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(plans_key(one[i].proposal.plans) == plans_key(other[i].proposal.plans));
  }
}

TEST_CASE("winners are joined, split and stepped: the climb finds what no single lever has") {
  World world = loops_world();
  world.effects = {{"kernel params unroll-count=4", 0.05},
                   {"kernel params unroll-count=8", 0.08},
                   {"second params unroll-count=4", -0.04},
                   {"second params unroll-count=8", -0.04},
                   {"kernel codegen x86-cmov-converter=false", 0.06},
                   {"second codegen x86-cmov-converter=false", 0.01},
                   {"kernel codegen loop-reduce=false", 0.03},
                   {"second attrs tune-cpu=znver4", -0.02}};
  // The best there is: 0.08 + 0.06 + 0.01 + 0.03. Without joining, 24 trials come to 0.11 and 60
  // to 0.16.
  CHECK(best_truth(world, search(world, 24)) > 0.15);
  CHECK(best_truth(world, search(world, 60)) > 0.165);

  World steps = loops_world();
  steps.effects = {{"kernel params unroll-count=8", 0.05},
                   {"second params unroll-count=8", -0.03},
                   {"kernel params unroll-count=6", 0.09}}; // no lever's
  CHECK(best_truth(steps, search(steps, 24)) > 0.08);

  // Steps have their turn when there is always something left to join.
  world.effects["kernel params unroll-count=6"] = 0.10;
  CHECK(mentions(search(world, 80), "params unroll-count=6"));
}

TEST_CASE("once enough was looked at, the two best are joined first") {
  World world = loops_world();
  const auto findings = world.findings();
  std::vector<Trial> trials;
  const auto expert = make_expert_reasoning();
  const auto ask = [&] {
    return expert->propose({world.subjects, findings, trials, 0.5, 6, 1, world.cpu}).value();
  };
  // Eight measured trials of an affordable fourteen.
  for (int round = 0; round < 2; ++round) {
    for (const Proposal& proposal : ask()) {
      trials.push_back({proposal, Verdict::NoDifference, {0.999, 0.99, 1.01, 7}, ""});
    }
  }
  REQUIRE(trials.size() == 8);
  const auto measured = [&](std::size_t trial, double ratio) {
    trials[trial].interval = {ratio, ratio - 0.01, ratio + 0.01, 7};
  };
  const auto key_of_both = [&](std::size_t one, std::size_t other) {
    std::vector<FunctionPlan> plans = trials[one].proposal.plans;
    for (FunctionPlan& plan : plans) {
      for (const FunctionPlan& more : trials[other].proposal.plans) {
        plan.plan = plan.function == more.function ? merge(plan.plan, more.plan) : plan.plan;
      }
    }
    return plans_key(plans);
  };
  measured(0, 1.08); // the host's costs
  measured(1, 1.05);
  CHECK(plans_key(ask().at(0).plans) == key_of_both(0, 1));
}

TEST_CASE("what changes the output or does not build is never built upon") {
  World world = loops_world();
  std::vector<Trial> trials;
  const auto findings = world.findings();
  const auto expert = make_expert_reasoning();
  const SearchState state{world.subjects, findings, trials, 1, 100, 1, "znver4"};
  std::set<std::string> bad;
  const std::vector<Proposal> first = expert->propose(state).value();
  for (const Proposal& proposal : first) {
    trials.push_back({proposal, Verdict::WrongOutput, {2.0, 1.9, 2.1, 9}, ""});
    bad.insert(plans_key(proposal.plans));
  }
  CHECK(History(state).winners().empty());
  const std::vector<Proposal> second = expert->propose(state).value();
  REQUIRE_FALSE(second.empty());
  for (const Proposal& proposal : second) {
    CHECK_FALSE(bad.contains(plans_key(proposal.plans)));
  }
}

TEST_CASE("a kernel out of its caller gets levers of its own") {
  World world{{example::subject(example::function("main", 1, {example::loop(0, 2, 0)}), 0.9),
               {example::function("kernel", 2), 0, 0.1}},
              {{"kernel params unroll-count=4", 0.2}}};
  const auto trials = search(world, 120);
  CHECK(std::any_of(trials.begin(), trials.end(), [&](const Trial& trial) {
    const FunctionPlan& plan = trial.proposal.plans.back();
    return plan.function == example::fingerprint(2) && plan.plan.attrs.size() == 1 &&
           plan.plan.params.size() == 1;
  }));
}

TEST_CASE("the search always ends, also when the session records nothing") {
  World world = loops_world();
  world.subjects.resize(1); // fewer levers, the same ends
  const auto all = search(world, 800);
  CHECK(all.size() < 650);
  std::vector<Trial> none;
  const auto findings = world.findings();
  const auto expert = make_expert_reasoning();
  const SearchState state{world.subjects, findings, none, 1, 1e9, 1, "znver4"};
  int calls = 0;
  while (!expert->propose(state)->empty()) {
    REQUIRE(++calls < 1000);
  }
  const std::vector<Subject> nobody;
  CHECK(make_expert_reasoning()->propose({nobody, findings, none, 1, 1e9, 1, "znver4"})->empty());
  CHECK(make_expert_reasoning()
            ->propose({world.subjects, findings, none, 1, 0, 1, "znver4"})
            ->empty());
}
