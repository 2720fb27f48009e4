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
  std::size_t outliers = 0;  // runs more than 3.5 such deviations from their side's median
  double drift_percent = 0;  // of the run time from the first pair to the last
  bool drifts = false;       // and more than chance would give once in a hundred series
};
SampleHealth health_of(const Samples& samples);

// What to do about it, one sentence each; empty: all is well.
std::vector<std::string> advice(const SampleHealth& health);

} // namespace autopass
