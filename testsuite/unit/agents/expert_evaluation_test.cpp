// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "example.h"

#include <cmath>
#include <doctest/doctest.h>

using namespace autopass;

namespace {

Verdict judge(Interval interval, Ended ended = Ended::Done, std::vector<double> log_ratios = {}) {
  Comparison comparison;
  comparison.interval = interval;
  comparison.ended = ended;
  for (const double ratio : log_ratios) {
    comparison.samples.pairs.push_back({std::exp(ratio), 1, true});
  }
  return make_expert_evaluation()->judge(comparison, 1);
}

} // namespace

TEST_CASE("the interval decides, not the ratio") {
  CHECK(judge({1.05, 1.02, 1.08, 9}) == Verdict::Faster);
  CHECK(judge({1.05, 0.99, 1.11, 9}) == Verdict::NoDifference);
  CHECK(judge({1.004, 1.001, 1.007, 9}) ==
        Verdict::NoDifference); // what moving code does by itself
  CHECK(judge({0.95, 0.92, 0.98, 9}) == Verdict::Slower);
  CHECK(judge({0.998, 0.997, 0.999, 9}) == Verdict::NoDifference);
  CHECK(judge({1.5, 0, INFINITY, 3}, Ended::Done, {0.4, 0.4, 0.4}) == Verdict::NoDifference);
  CHECK(judge({0.5, 0, INFINITY, 3}, Ended::Done, {-0.7, -0.7, -0.7}) == Verdict::Slower);
  CHECK(judge({0.5, 0, INFINITY, 3}, Ended::Done, {-0.7, 0.1, -0.7}) == Verdict::NoDifference);
  CHECK(judge({2, 1.9, 2.1, 9}, Ended::WrongOutput) == Verdict::WrongOutput);
  CHECK(judge({2, 1.9, 2.1, 9}, Ended::Failed) == Verdict::Failed);
}

TEST_CASE("a diagnosis names the lever, the function and the prediction") {
  const std::vector<Subject> subjects = {example::subject(example::function("kernel", 1), 0.8)};
  const std::vector<std::vector<Finding>> findings(1);
  const std::vector<Trial> trials;
  const SearchState state{subjects, findings, trials, 1, 100, 1, "znver4"};
  Trial trial;
  trial.proposal.plans = {
      {example::fingerprint(1), parse(R"({"v":2,"params":{"unroll-count":4}})").value()}};
  trial.proposal.predicted_ratio = 1.05;
  const auto diagnose = [&](Verdict verdict, Interval interval) {
    trial.verdict = verdict;
    trial.interval = interval;
    return make_expert_evaluation()->diagnose(trial, state);
  };
  CHECK(diagnose(Verdict::Faster, {1.05, 1.03, 1.07, 9}) ==
        "params unroll-count=4 on kernel: 1.050x (1.030 to 1.070, 9 pairs), as predicted (1.050x)");
  CHECK(diagnose(Verdict::Slower, {0.9, 0.88, 0.92, 9}).find("wrong sign") != std::string::npos);
  CHECK(diagnose(Verdict::NoDifference, {1, 0, 0, 0}).find("same machine code") !=
        std::string::npos);
  CHECK(diagnose(Verdict::NoDifference, {1, 0, INFINITY, 3}).find("too few") != std::string::npos);
  CHECK(diagnose(Verdict::WrongOutput, {}).find("output changes") != std::string::npos);
}
