// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which pass makes a build slower than it has to be.
#pragma once

#include "comparer.h"
#include "tune/talk.h"

#include <string>

namespace autopass {

struct SlowPass {
  std::string pass;    // as the compiler's -opt-disable names it; empty: none
  Interval without;    // time with it over time without it
  std::string why_none;
  std::vector<LayoutSamples> samples = {}; // of `without`, or of what was not confirmed
};

// Leaves out each pass of `slow` in turn, first those that `below` does without; the one whose absence
// helps most is measured anew, and named only if that is confirmed. Stops looking when a pass accounts for
// `loss` (the time of `slow` over that of `below`), or half of what is left of the budget is spent.
Result<SlowPass> find_slow_pass(const Comparer& comparer, const Variant& below, const Variant& slow,
                                double loss, const Talk& talk);

} // namespace autopass
