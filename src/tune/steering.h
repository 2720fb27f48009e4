// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The part of a plan that tells the compiler what it would know from -fprofile-use: the profile.
// No pass runs for it that would not run without, and no pass with another parameter; it moves choices
// that each pass has to make anyhow, as any change of the source around a function does. So it needs no
// proof that the gate would see a fault in just this function, which could not be had for the hundred
// functions that a profile is about. The output of the program is compared as for any candidate.
#pragma once

#include "plan/plan.h"

namespace autopass {

inline Plan steering(const Plan& plan) {
  Plan part;
  part.profile = plan.profile;
  return part;
}

inline Plan without_steering(Plan plan) {
  plan.profile.reset();
  return plan;
}

} // namespace autopass
