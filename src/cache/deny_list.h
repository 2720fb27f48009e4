// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Plans under which a compiler failed, crashed or did not come to an end. Kept with the plans, by
// LLVM major and function, so that no search proposes them again.
#pragma once

#include "database.h"
#include "plan/plan.h"
#include "util/hash.h"

#include <string>
#include <vector>

namespace autopass {

struct Denial {
  int llvm_major = 0;
  Digest fingerprint;
  Plan plan;              // as little of one as failed
  std::string function;   // its name then, for people
  std::string reason;     // "plan-crashed"
  std::string detail;     // "signal 11"
  std::string created_at; // ISO 8601, UTC
};

// The same plan twice stays once. plans.db only.
Result<void> remember_denial(Database& database, const Denial& denial);
// The newest last; what no longer validates is left out.
Result<std::vector<Denial>> denials_in(Database& database);

// The first of `denials` that speaks against this plan: it is for this function, and the plan says all
// that it says. Null: none.
const Denial* find_denial(const std::vector<Denial>& denials, const Digest& fingerprint,
                          const Plan& plan);

} // namespace autopass
