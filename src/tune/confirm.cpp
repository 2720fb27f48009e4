// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "confirm.h"

#include "util/text.h"

#include <algorithm>

namespace autopass {
namespace {

struct LayoutPair {
  Binary baseline, candidate;
};

// One workload in every layout. Sets why_not when its output is wrong or a layout is slower.
Result<std::vector<std::vector<double>>>
compare_in_layouts(const Harness& harness, Journal& journal, const CheckedWorkload& workload,
                   const std::vector<LayoutPair>& layouts, const std::string& name,
                   std::size_t pairs, double level, Confirmation& confirmation) {
  std::vector<std::vector<double>> groups;
  for (std::size_t layout = 0; layout < layouts.size(); ++layout) {
    CompareOptions fixed;
    fixed.least = fixed.most = pairs;
    fixed.level = level;
    fixed.seed = hash_text(name + workload.name).low + layout;
    TRY(const Comparison comparison,
        harness.compare(journal, format("%s layout %zu", name.c_str(), layout), workload,
                        layouts[layout].baseline.path, layouts[layout].candidate.path, fixed));
    if (comparison.ended != Ended::Done) {
      confirmation.why_not = workload.name + ": " + comparison.detail;
      return groups;
    }
    if (comparison.interval.high < 1) {
      confirmation.why_not =
          format("%s: slower in layout %zu (%.3f)", workload.name.c_str(), layout,
                 comparison.interval.ratio);
    }
    groups.push_back(comparison.samples.log_ratios());
  }
  return groups;
}

std::string judge_train(const Interval& train) {
  if (train.low <= 1) {
    return format("on fresh runs %.3f [%.3f, %.3f]: does not exclude 1", train.ratio, train.low,
                  train.high);
  }
  if (train.ratio < least_gain) {
    return format("a gain of %.2f %% is not worth a plan", (train.ratio - 1) * 100);
  }
  return {};
}

std::string judge_holdout(const std::string& name, const Interval& holdout) {
  if (holdout.high < 1 || holdout.ratio < holdout_loss) {
    return format("loses on %s: %.3f [%.3f, %.3f]", name.c_str(), holdout.ratio, holdout.low,
                  holdout.high);
  }
  return {};
}

} // namespace

double confirm_seconds(const Harness& harness, std::size_t pairs) {
  double once = 0;
  for (const auto* workloads : {&harness.train, &harness.holdout}) {
    for (const auto& workload : *workloads) {
      once += workload.gate.seconds();
    }
  }
  const double rebuild = 2 * harness.replica->baseline().build_seconds;
  return 2.1 * once * static_cast<double>(pairs) * confirm_layouts + rebuild;
}

std::size_t pairs_that_fit(const Harness& harness, double seconds) {
  std::size_t pairs = 8;
  while (pairs > 3 && confirm_seconds(harness, pairs) > seconds) {
    --pairs;
  }
  return pairs;
}

Result<Confirmation> confirm(const Harness& harness, Journal& journal, const Candidate& candidate,
                             const std::string& name, std::size_t finalists, std::size_t pairs,
                             const std::function<void(double done)>& progress) {
  const double level = 1 - 0.05 / static_cast<double>(std::max<std::size_t>(1, finalists));
  std::vector<LayoutPair> layouts;
  for (int number = 0; number < confirm_layouts; ++number) {
    TRY(Binary baseline, harness.replica->build({}, Layout{number}));
    TRY(Binary tuned, harness.replica->build(candidate, Layout{number}));
    layouts.push_back({std::move(baseline), std::move(tuned)});
  }

  Confirmation confirmation;
  const std::string about = name + " " + digest(candidate).hex();
  const double steps = static_cast<double>(harness.train.size() + harness.holdout.size());
  std::vector<std::vector<double>> train;
  for (const auto& workload : harness.train) {
    TRY(const auto groups, compare_in_layouts(harness, journal, workload, layouts, about, pairs,
                                              level, confirmation));
    train.insert(train.end(), groups.begin(), groups.end());
    confirmation.workloads.push_back({workload.name, "train", interval_of_groups(groups)});
    progress(static_cast<double>(confirmation.workloads.size()) / steps);
    if (!confirmation.why_not.empty()) {
      return confirmation;
    }
  }
  confirmation.train = interval_of_groups(train);
  confirmation.why_not = judge_train(interval_of_groups(train, level));
  for (const auto& workload : harness.holdout) {
    if (!confirmation.why_not.empty()) {
      return confirmation;
    }
    TRY(const auto groups, compare_in_layouts(harness, journal, workload, layouts, about, pairs,
                                              level, confirmation));
    confirmation.workloads.push_back({workload.name, "holdout", interval_of_groups(groups)});
    progress(static_cast<double>(confirmation.workloads.size()) / steps);
    if (confirmation.why_not.empty()) {
      confirmation.why_not = judge_holdout(workload.name, confirmation.workloads.back().interval);
    }
  }
  confirmation.holds = confirmation.why_not.empty();
  return confirmation;
}

} // namespace autopass
