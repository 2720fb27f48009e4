// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "comparer.h"

#include "measure/confirmation.h"
#include "measure/verdict.h"
#include "util/text.h"

namespace autopass {
namespace {

constexpr std::size_t pairs = 3; // in each layout: together enough for a level of 0.999

Verdict verdict_of(const Interval& all, const std::vector<std::vector<double>>& by_layout) {
  std::vector<double> gains, losses;
  for (const auto& log_ratios : by_layout) {
    gains.push_back(median(log_ratios));
    losses.push_back(-gains.back());
  }
  if (all.low > 1 && layouts_gain(gains)) {
    return Verdict::Faster;
  }
  return all.high < 1 && layouts_gain(losses) ? Verdict::Slower : Verdict::NoDifference;
}

} // namespace

Result<Against> Comparer::compare(const std::string& name, const Variant& first,
                              const Variant& second) const {
  CompareOptions fixed;
  fixed.least = fixed.most = pairs;
  fixed.level = level;
  fixed.out_of_budget = [this] { return budget.left() <= 0; };
  Against against;
  std::vector<std::vector<double>> by_layout;
  for (int layout = 0; layout < confirm_layouts; ++layout) {
    TRY(const Binary one, harness.replica->build_variant(first, {layout}));
    TRY(const Binary other, harness.replica->build_variant(second, {layout}));
    if (one.code == other.code) {
      return Against{"same code", {}, {}};
    }
    const std::string about = format("matrix %s layout %d", name.c_str(), layout);
    fixed.seed = hash_text(about).low;
    TRY(const Comparison comparison,
        harness.compare_train(journal, about, one.path, other.path, fixed));
    if (comparison.ended == Ended::OutOfBudget) {
      return fail("the budget is spent");
    }
    against.samples.push_back({name, "train", std::size_t(layout), comparison.samples});
    if (comparison.ended != Ended::Done) {
      against.wrong = comparison.detail;
      against.crashed = comparison.ended == Ended::Failed;
      return against;
    }
    by_layout.push_back(comparison.samples.log_ratios());
  }
  against.interval = interval_of_groups(by_layout, level);
  against.verdict = verdict_name(verdict_of(against.interval, by_layout));
  return against;
}

// The slowest level takes several times what the build takes.
double Comparer::seconds() const { return double(confirm_layouts * pairs) * 2 * 3 * harness.run_seconds; }

} // namespace autopass
