// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A joined candidate that is slower than a part of itself: what the part does not have is to blame, and
// where that is more than one element, leaving out one after the other finds which.
#pragma once

#include "history.h"

#include <optional>
#include <string>
#include <vector>

namespace autopass {

// What `whole` has and `part` has not, function by function; nothing: `part` is no part of it, or all.
std::optional<std::vector<FunctionPlan>> beyond(const std::vector<FunctionPlan>& whole,
                                                const std::vector<FunctionPlan>& part);

struct Slowed {
  const Known* whole;
  const Known* part; // its fastest
  std::vector<FunctionPlan> added;
};
// Of all that was measured, by more than the two standard errors; those with the fastest part first.
std::vector<Slowed> slowed(const History& history);

// "slower than without params unroll-count=4 (1.080x)", when the intervals of a measured part and of this
// trial say so; else empty.
std::string slowed_by(const Trial& trial, const std::vector<Trial>& before);

} // namespace autopass
