// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "confirmation.h"

#include "util/hash.h"
#include "util/text.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace autopass {
namespace {

constexpr double wanted_error = 0.004; // standard error of a workload's log ratio
// Of Student's t with one degree of freedom less than there are layouts: 2.5 % lie above.
constexpr double student = 3.182;
static_assert(confirm_layouts == 4);

// The interval's lower tail is what a false claim needs, and each finalist has one to err with.
double claim_level(std::size_t finalists) {
  return 1 - 2 * confirm_false_claims / static_cast<double>(std::max<std::size_t>(1, finalists));
}

// One workload in every layout.
struct InLayouts {
  std::vector<std::vector<double>> groups; // log ratios by layout
  std::vector<double> log_ratios;          // of each layout as a whole
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

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::string judge_layouts(const InLayouts& found) {
  if (layouts_gain(found.log_ratios)) {
    return {};
  }
  return format("layouts differ too much, %.3f to %.3f, for a gain of %.2f %%", found.worst,
                found.best, (std::exp(mean_of(found.log_ratios)) - 1) * 100);
}

// Sets why_not when the output is wrong and, with `must_gain`, at a layout without a gain: that
// refuses the candidate whatever the others would give, so no time is spent on them. And at their end.
Result<InLayouts> one_workload(const ConfirmPlan& plan, std::size_t number, const std::string& name,
                               const LayoutComparer& compare, double level, bool must_gain,
                               Confirmation& confirmation) {
  InLayouts found;
  for (std::size_t layout = 0; layout < confirm_layouts; ++layout) {
    CompareOptions fixed;
    fixed.least = fixed.most = plan.pairs;
    fixed.level = level;
    fixed.seed = hash_text(plan.name + name).low + layout;
    TRY(const Comparison comparison, compare(number, layout, fixed));
    confirmation.samples.push_back({plan.name, name, layout, comparison.samples});
    if (comparison.ended != Ended::Done) {
      confirmation.wrong = true;
      confirmation.failed = comparison.ended == Ended::Failed;
      confirmation.why_not = name + ": " + comparison.detail;
      return found;
    }
    const double ratio = comparison.interval.ratio;
    found.worst = layout == 0 ? ratio : std::min(found.worst, ratio);
    found.best = layout == 0 ? ratio : std::max(found.best, ratio);
    found.groups.push_back(comparison.samples.log_ratios());
    found.log_ratios.push_back(std::log(ratio));
    if (must_gain && ratio <= 1) {
      confirmation.why_not = format("on fresh runs no gain in layout %zu: %.3f", layout, ratio);
      return found;
    }
  }
  if (must_gain) {
    confirmation.why_not = judge_layouts(found);
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

// Layouts are a sample of those that the next release may have. Four that gain by chance are no rarity where
// layout moves a program much, four that gain alike are.
bool layouts_gain(const std::vector<double>& log_ratios) {
  assert(log_ratios.size() == confirm_layouts);
  const double mean = mean_of(log_ratios);
  double square = 0;
  for (const double one : log_ratios) {
    square += (one - mean) * (one - mean);
  }
  return mean > student * std::sqrt(square / (confirm_layouts - 1) / confirm_layouts);
}

std::string loses_alone(const std::string& workload,
                        const std::vector<std::vector<double>>& log_ratios) {
  const Interval runs = interval_of_groups(log_ratios);
  if (runs.high < 1 || runs.ratio < holdout_loss) {
    return format("loses on %s: %.3f [%.3f, %.3f]", workload.c_str(), runs.ratio, runs.low,
                  runs.high);
  }
  const Interval next_build = interval_of_groups({log_ratios.front()});
  if (next_build.ratio < holdout_loss) {
    return format("loses on %s in the layout that builds have: %.3f", workload.c_str(), next_build.ratio);
  }
  if (runs.low < holdout_worst) {
    return format("may lose on %s: %.3f [%.3f, %.3f] does not exclude a loss of %.0f %%", workload.c_str(),
                  runs.ratio, runs.low, runs.high, (1 - holdout_worst) * 100);
  }
  return {};
}

std::size_t pairs_wanted(const Noise& noise) {
  const double error = noise.pair_deviation() / wanted_error;
  const double pairs = std::ceil(error * error / confirm_layouts);
  return static_cast<std::size_t>(std::clamp(pairs, double(least_pairs), double(most_pairs)));
}

Result<Confirmation> confirm_in_layouts(const ConfirmPlan& plan, const LayoutComparer& compare,
                                        const std::function<void(double done)>& progress) {
  const double level = claim_level(plan.finalists);
  Confirmation confirmation;
  confirmation.name = plan.name;
  const double steps = static_cast<double>(plan.train.size() + plan.holdout.size());
  std::vector<InLayouts> train;
  for (const auto* workloads : {&plan.train, &plan.holdout}) {
    const bool is_train = workloads == &plan.train;
    for (const auto& workload : *workloads) {
      TRY(const InLayouts found, one_workload(plan, confirmation.workloads.size(), workload, compare,
                                              level, is_train, confirmation));
      const Interval alone = widened({found}, 0.95);
      confirmation.workloads.push_back({workload, is_train ? "train" : "holdout", alone});
      progress(static_cast<double>(confirmation.workloads.size()) / steps);
      if (confirmation.why_not.empty()) {
        confirmation.why_not = loses_alone(workload, found.groups);
        confirmation.loses = !confirmation.why_not.empty();
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
