// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is odd about a series of measurements. Nothing is ever dropped for it; it is told.
#pragma once

#include "compare.h"

#include <string>
#include <vector>

namespace autopass {

struct SampleHealth {
  double seconds = 0;        // median of all runs, both sides
  double spread_percent = 0; // of a single pair's ratio: 1.4826 times the median absolute deviation
  std::size_t outliers = 0;  // runs more than 3.5 standard deviations from their side's median
  double drift_percent = 0;  // of the run time from the first pair of a series to the last
  bool drifts = false;       // and more than chance would give once in a hundred
};
SampleHealth health_of(const Samples& samples);
// Of several series, each with medians of its own: a workload in its layouts.
SampleHealth health_of(const std::vector<Samples>& series);

// What to do about it, one sentence each; empty: all is well.
std::vector<std::string> advice(const SampleHealth& health);
// Outliers and a drift alone.
std::vector<std::string> oddities(const SampleHealth& health);
// The same of each workload of a session's confirmations, by name.
std::vector<std::string> oddities(const std::vector<LayoutSamples>& confirmed);

} // namespace autopass
