// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The part of a plan that tells the compiler what it would know from -fprofile-use: the profile, and which
// calls are hot enough to be inlined.
// Nothing runs for it but what stock clang runs for that option, tested there by whole distributions, and
// no pass with another parameter; some do more where they know counts (LoopSink, peeling), the others
// move choices that they have to make anyhow. So it needs no proof that the gate would see a fault in just
// this function, which could not be had for the hundred functions that a profile is about. The output of the
// program is compared as for any candidate.
#pragma once

#include "plan/plan.h"

namespace autopass {

inline Plan steering(const Plan& plan) {
  Plan part;
  if (plan.profile) {
    part.profile = plan.profile;
    part.calls = plan.calls;
  }
  return part;
}

inline Plan without_steering(const Plan& plan) { return without_counts(plan); }

} // namespace autopass
