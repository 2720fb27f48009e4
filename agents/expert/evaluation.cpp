// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Evaluation: a verdict from the interval, never from the ratio alone, and a sentence that says
// what was predicted and what came of it. It names causes only where the evidence shows them.
#include "agents/json_fields.h"
#include "agents/roles.h"
#include "agents/values.h"
#include "slowed.h"
#include "util/text.h"

#include <algorithm>
#include <cmath>

namespace autopass {

namespace {

// A candidate whose every run lost clearly needs no full series of pairs to be called slower: that
// claims nothing to anybody and saves time.
bool lost_every_pair(const Comparison& comparison, double noise_percent) {
  const std::vector<double> ratios = comparison.samples.log_ratios();
  const double clear = 3 * noise_percent / 100;
  return ratios.size() >= 3 &&
         std::all_of(ratios.begin(), ratios.end(), [&](double ratio) { return ratio < -clear; });
}

std::string names_of(const Trial& trial, const SearchState& state) {
  std::vector<std::string> functions;
  for (const FunctionPlan& plan : trial.proposal.plans) {
    for (const Subject& subject : state.subjects) {
      if (subject.evidence.fingerprint == plan.function && functions.size() < 3) {
        functions.push_back(one_line(subject.evidence.function, 60));
      }
    }
  }
  const std::size_t rest = trial.proposal.plans.size() - functions.size();
  return join(functions, ", ") + (rest > 0 ? format(" and %zu more", rest) : "");
}

std::string levers_of(const Trial& trial) {
  if (trial.proposal.plans.empty()) {
    return "no plan";
  }
  std::vector<std::string> parts = elements(trial.proposal.plans.front().plan);
  if (parts.size() > 4) {
    parts.resize(4);
    parts.emplace_back("...");
  }
  return join(parts, ", ");
}

std::string spread(const Interval& interval) {
  if (!(interval.low > 0) || !std::isfinite(interval.high)) {
    return format("%zu pairs, too few for an interval", interval.pairs);
  }
  return format("%.3f to %.3f, %zu pairs", interval.low, interval.high, interval.pairs);
}

std::string against_prediction(const Trial& trial) {
  const double predicted = trial.proposal.predicted_ratio, seen = trial.interval.ratio;
  if (trial.verdict == Verdict::NoDifference) {
    return format("%.3fx was predicted, nothing certain was seen", predicted);
  }
  if ((seen > 1) != (predicted > 1)) {
    return format("the prediction of %.3fx had the wrong sign", predicted);
  }
  return std::abs(std::log(seen / predicted)) < 0.02
             ? format("as predicted (%.3fx)", predicted)
             : format("%.3fx was predicted, it was %s", predicted,
                      seen > predicted ? "more" : "less");
}

class ExpertEvaluation final : public Evaluation {
public:
  Verdict judge(const Comparison& comparison, double noise_percent) override {
    if (comparison.ended == Ended::WrongOutput) {
      return Verdict::WrongOutput;
    }
    if (comparison.ended == Ended::Failed) {
      return Verdict::Failed;
    }
    // Beyond its own interval a gain must be more than what moving code around does.
    const double least = std::max(0.005, noise_percent / 200);
    const Interval& interval = comparison.interval;
    if (interval.low > 1 && interval.ratio > 1 + least) {
      return Verdict::Faster;
    }
    if ((interval.high < 1 && interval.ratio < 1 - least) ||
        lost_every_pair(comparison, noise_percent)) {
      return Verdict::Slower;
    }
    return Verdict::NoDifference;
  }

  std::string diagnose(const Trial& trial, const SearchState& state) override {
    const std::string what = levers_of(trial) + " on " + names_of(trial, state);
    switch (trial.verdict) {
    case Verdict::WrongOutput:
      return what + ": the output changes, so the plan is wrong whatever its speed";
    case Verdict::Invalid:
      return what + ": the compiler's result broke a condition that every plan must keep";
    case Verdict::Failed:
      return what + ": the build or a run failed";
    case Verdict::Faster:
    case Verdict::Slower:
    case Verdict::NoDifference:
      break;
    }
    if (trial.interval.pairs == 0) {
      return join({std::string(same_code), what}, ": ");
    }
    const std::string slowed = slowed_by(trial, state.trials);
    return format("%s: %.3fx (%s), %s%s", what.c_str(), trial.interval.ratio,
                  spread(trial.interval).c_str(), against_prediction(trial).c_str(),
                  slowed.empty() ? "" : ("; " + slowed).c_str());
  }
};

} // namespace

std::unique_ptr<Evaluation> make_expert_evaluation() {
  return std::make_unique<ExpertEvaluation>();
}

} // namespace autopass
