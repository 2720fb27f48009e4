// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A small world in which each element of a plan has a known effect, for the expert to search.
#pragma once

#include "agents/expert/history.h"
#include "example.h"

#include <cmath>
#include <doctest/doctest.h>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace autopass {

struct World {
  std::vector<Subject> subjects;
  std::map<std::string, double> effects; // "kernel params unroll-count=4" -> log ratio
  std::vector<FunctionPlan> profiles = {}; // what was counted
  double noise = 0.005;                  // standard deviation of one measured log ratio
  std::string cpu = "znver4";

  std::vector<std::vector<Finding>> findings() const {
    std::vector<std::vector<Finding>> all;
    for (const Subject& subject : subjects) {
      all.push_back(make_expert_analysis()->analyse(subject));
    }
    return all;
  }
  double truth(const Proposal& proposal) const {
    double sum = 0;
    for (const FunctionPlan& plan : proposal.plans) {
      for (const Subject& subject : subjects) {
        for (const std::string& element : subject.evidence.fingerprint == plan.function
                                              ? elements(plan.plan)
                                              : std::vector<std::string>{}) {
          const auto found = effects.find(subject.evidence.function + " " + element);
          sum += found == effects.end() ? 0 : found->second;
        }
      }
    }
    return sum;
  }
};

inline Trial measure(const World& world, const Proposal& proposal, std::mt19937_64& random) {
  std::normal_distribution<double> luck(0, world.noise);
  const double log_ratio = world.truth(proposal) + luck(random);
  Trial trial{proposal, Verdict::NoDifference, {}, "measured"};
  trial.interval = {std::exp(log_ratio), std::exp(log_ratio - 2 * world.noise),
                    std::exp(log_ratio + 2 * world.noise), 6};
  trial.verdict = trial.interval.low > 1 ? Verdict::Faster : Verdict::NoDifference;
  return trial;
}

// A session of `budget` trials of one second each; what was tried.
inline std::vector<Trial> search(const World& world, int budget) {
  std::vector<Trial> trials;
  std::mt19937_64 random(7);
  const auto findings = world.findings();
  const auto expert = make_expert_reasoning();
  while (static_cast<int>(trials.size()) < budget) {
    const SearchState state{world.subjects,
                            findings,
                            trials,
                            100 * world.noise,
                            static_cast<double>(budget) - static_cast<double>(trials.size()),
                            1,
                            world.cpu,
                            world.profiles};
    const auto proposals = expert->propose(state);
    REQUIRE(proposals);
    if (proposals->empty()) {
      break;
    }
    for (const Proposal& proposal : *proposals) {
      trials.push_back(measure(world, proposal, random));
    }
  }
  return trials;
}

inline double best_truth(const World& world, const std::vector<Trial>& trials) {
  double best = 0, measured = 0;
  for (const Trial& trial : trials) {
    if (std::log(trial.interval.ratio) > measured) {
      measured = std::log(trial.interval.ratio);
      best = world.truth(trial.proposal);
    }
  }
  return best;
}

inline World loops_world() {
  return {{example::subject(
               example::function("kernel", 1, {example::loop(0, 1, 0), example::loop(1, 2, 0, 4)}),
               0.7),
           example::subject(example::function("second", 2, {example::loop(0, 1, 0)}), 0.2)},
          {}};
}

} // namespace autopass
