// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "confirm.h"

#include "util/text.h"

#include <algorithm>
#include <cmath>

namespace autopass {
namespace {

constexpr double wanted_error = 0.004; // standard error of a workload's log ratio

struct LayoutPair {
  Binary baseline, candidate;
};

// One workload in every layout.
struct InLayouts {
  std::vector<std::vector<double>> groups; // log ratios by layout
  double worst = 1, best = 1;              // a layout's ratio
};

// The interval of all runs, widened to what single layouts gave: their number is small, and how much
// they differ is not in the runs.
Interval widened(const std::vector<InLayouts>& workloads, double level) {
  std::vector<std::vector<double>> groups;
  for (const auto& one : workloads) {
    groups.insert(groups.end(), one.groups.begin(), one.groups.end());
  }
  Interval all = interval_of_groups(groups, level);
  for (const auto& one : workloads) {
    all.low = std::min(all.low, one.worst);
    all.high = std::max(all.high, one.best);
  }
  return all;
}

// Sets why_not when the output is wrong and, with `must_gain`, at a layout without a gain: that
// refuses the candidate whatever the others would give, so no time is spent on them.
Result<InLayouts>
compare_in_layouts(const Harness& harness, Journal& journal, const CheckedWorkload& workload,
                   const std::vector<LayoutPair>& layouts, const std::string& name,
                   std::size_t pairs, double level, bool must_gain, Confirmation& confirmation) {
  InLayouts found;
  for (std::size_t layout = 0; layout < layouts.size(); ++layout) {
    CompareOptions fixed;
    fixed.least = fixed.most = pairs;
    fixed.level = level;
    fixed.seed = hash_text(name + workload.name).low + layout;
    TRY(const Comparison comparison,
        harness.compare(journal, format("%s layout %zu, %zu pairs", name.c_str(), layout, pairs),
                        workload, layouts[layout].baseline.path, layouts[layout].candidate.path,
                        fixed));
    if (comparison.ended != Ended::Done) {
      confirmation.wrong = true;
      confirmation.why_not = workload.name + ": " + comparison.detail;
      return found;
    }
    const double ratio = comparison.interval.ratio;
    found.worst = layout == 0 ? ratio : std::min(found.worst, ratio);
    found.best = layout == 0 ? ratio : std::max(found.best, ratio);
    found.groups.push_back(comparison.samples.log_ratios());
    if (must_gain && ratio <= 1) {
      confirmation.why_not = format("on fresh runs no gain in layout %zu: %.3f", layout, ratio);
      return found;
    }
  }
  return found;
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

} // namespace

std::string loses_alone(const std::string& workload,
                        const std::vector<std::vector<double>>& log_ratios) {
  const Interval runs = interval_of_groups(log_ratios);
  if (runs.high < 1 || runs.ratio < holdout_loss) {
    return format("loses on %s: %.3f [%.3f, %.3f]", workload.c_str(), runs.ratio, runs.low,
                  runs.high);
  }
  return {};
}

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

std::size_t pairs_wanted(const Noise& noise) {
  const double error = noise.pair_deviation() / wanted_error;
  const double pairs = std::ceil(error * error / confirm_layouts);
  return static_cast<std::size_t>(std::clamp(pairs, double(least_pairs), 8.0));
}

std::size_t pairs_that_fit(const Harness& harness, double seconds) {
  std::size_t pairs = pairs_wanted(harness.noise);
  while (pairs > least_pairs && confirm_seconds(harness, pairs) > seconds) {
    --pairs;
  }
  return pairs;
}

Result<Confirmation> confirm(const Harness& harness, Journal& journal, const Claim& claim,
                             const std::function<void(double done)>& progress) {
  const double level = 1 - 0.05 / static_cast<double>(std::max<std::size_t>(1, claim.finalists));
  std::vector<LayoutPair> layouts;
  for (int number = 0; number < confirm_layouts; ++number) {
    TRY(Binary baseline, harness.replica->build(claim.against, Layout{number}));
    TRY(Binary tuned, harness.replica->build(claim.candidate, Layout{number}));
    layouts.push_back({std::move(baseline), std::move(tuned)});
  }

  Confirmation confirmation;
  std::string about = claim.name + " " + digest(claim.candidate).hex();
  if (!claim.against.plans.empty()) {
    about += " against " + digest(claim.against).hex();
  }
  const double steps = static_cast<double>(harness.train.size() + harness.holdout.size());
  std::vector<InLayouts> train;
  for (const auto* workloads : {&harness.train, &harness.holdout}) {
    const bool is_train = workloads == &harness.train;
    for (const auto& workload : *workloads) {
      TRY(const InLayouts found, compare_in_layouts(harness, journal, workload, layouts, about,
                                                    claim.pairs, level, is_train, confirmation));
      const Interval alone = widened({found}, 0.95);
      confirmation.workloads.push_back({workload.name, is_train ? "train" : "holdout", alone});
      progress(static_cast<double>(confirmation.workloads.size()) / steps);
      if (confirmation.why_not.empty()) {
        confirmation.why_not = loses_alone(workload.name, found.groups);
      }
      if (!confirmation.why_not.empty()) {
        return confirmation;
      }
      if (is_train) {
        train.push_back(found);
      }
    }
    if (is_train) {
      confirmation.train = widened(train, 0.95);
      confirmation.why_not = judge_train(widened(train, level));
      if (!confirmation.why_not.empty()) {
        return confirmation;
      }
    }
  }
  confirmation.holds = confirmation.why_not.empty();
  return confirmation;
}

} // namespace autopass
