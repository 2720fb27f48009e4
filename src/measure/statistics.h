// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ratios with intervals from paired samples. A sample is ln(baseline time / candidate time): above
// zero is faster.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace autopass {

struct Interval {
  double ratio = 1; // baseline time over candidate time; above 1 is faster
  double low = 0;
  double high = 0;
  std::size_t pairs = 0;
};

struct WorkloadInterval {
  std::string name, role; // "train" or "holdout"
  Interval interval;
};

struct Pair {
  double baseline = 0; // seconds, of the clock that is compared
  double candidate = 0;
  bool baseline_first = true;
};

struct Samples {
  std::vector<Pair> pairs;
  std::vector<double> log_ratios() const;
};

// What one confirmation has measured of a workload in one layout.
struct LayoutSamples {
  std::string comparison, workload; // comparison: which confirmation, where there are several
  std::size_t layout = 0;           // the build's own is 0
  Samples samples;
};

// Hodges-Lehmann estimate of the log ratio with the confidence interval that inverts the Wilcoxon
// signed-rank test (exact at every size): no outlier is dropped and none rules.
// With too few pairs for the level (under 6 for 0.95), low is 0 and high infinite.
Interval interval(const std::vector<double>& log_ratios, double level = 0.95);
// The same over groups (layouts): Walsh averages within each group only, ranks added up. A
// disagreement between groups is the caller's to judge: compare their own intervals.
Interval interval_of_groups(const std::vector<std::vector<double>>& groups, double level = 0.95);

// Two-sided p value of the signed-rank test of "no difference", exact with ties; zeros are left
// out. 1 when nothing is left. The same over groups.
double p_value(const std::vector<double>& log_ratios);
double p_value_of_groups(const std::vector<std::vector<double>>& groups);

// 0 of nothing.
double median(std::vector<double> values);

} // namespace autopass
