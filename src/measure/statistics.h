// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ratios with intervals from paired samples. A sample is ln(baseline time / candidate time): above
// zero is faster.
#pragma once

#include <cstddef>
#include <vector>

namespace autopass {

struct Interval {
  double ratio = 1; // baseline time over candidate time; above 1 is faster
  double low = 0;
  double high = 0;
  std::size_t pairs = 0;
};

// Hodges-Lehmann estimate of the log ratio with the confidence interval that inverts the Wilcoxon
// signed-rank test (exact up to 25 pairs, normal beyond): no outlier is dropped and none rules.
// With too few pairs for the level, low is 0 and high infinite.
Interval interval(const std::vector<double>& log_ratios, double level = 0.95);
// The same over groups (layouts): Walsh averages within each group only, ranks added up; a group's
// own shift does not widen it, a disagreement between groups is the caller's to judge.
Interval interval_of_groups(const std::vector<std::vector<double>>& groups, double level = 0.95);
// Two-sided p value of the signed-rank test of "no difference".
double p_value(const std::vector<double>& log_ratios);
// Holm's step-down procedure: adjusted p values in the order given.
std::vector<double> holm(std::vector<double> p_values);

} // namespace autopass
