// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// When enough has been measured to say something about two commands, and what.
#pragma once

#include "compare.h"
#include "verdict.h"

#include <cstddef>
#include <vector>

namespace autopass {

struct SequentialPlan {
  // After how many pairs the samples are looked at. From 12 on: fewer cannot reach the level that a
  // claim needs at one of four looks (2 / 2^12 is the smallest p value of 12 pairs).
  std::vector<std::size_t> looks{12, 24, 48, 96};
  double false_claims = 0.01; // at most, of all comparisons of equals, over all looks together
  double level = 0.95;        // of the interval that is told, over all looks together
  double indifferent = 0.005; // an effect smaller than this is nobody's concern

  std::size_t most() const { return looks.back(); }
};

struct Finding {
  Verdict verdict = Verdict::NoDifference; // of the candidate: Faster, Slower or NoDifference
  Interval interval;                       // at `level`
  bool settled = false;                    // no further look would change the verdict
};

// What the samples say. Asked at a look, or when time is up between two: the next look is then this
// one.
Finding find(const Samples& samples, const SequentialPlan& plan);
// For CompareOptions::enough: true at a look that settles it.
bool is_settled(const Samples& samples, const SequentialPlan& plan);

} // namespace autopass
