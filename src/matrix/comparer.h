// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two ways to build the target, compared over several code layouts.
#pragma once

#include "tune/budget.h"
#include "tune/harness.h"

#include <string>
#include <vector>

namespace autopass {

struct Against {
  std::string verdict; // measure/verdict.h, or "same code"
  std::string wrong;   // an output was, or a run failed
  Interval interval;   // time of the first over the second's; no pairs when nothing was measured
  bool crashed = false; // what is wrong is a signal, or a limit
  std::vector<LayoutSamples> samples = {}; // of the interval, of all train workloads in turn
};

struct Comparer {
  const Harness& harness;
  Journal& journal;
  double level; // of each interval
  const Budget& budget;

  // "Faster" and "slower" need the interval over all layouts, and layouts that gain, or lose, alike
  // (measure/confirmation.h): code that only lies differently is neither. A number of runs that is fixed beforehand;
  // when the budget ends before them it is an Error.
  Result<Against> compare(const std::string& name, const Variant& first, const Variant& second) const;
  double seconds() const; // that a comparison takes, about
};

} // namespace autopass
