// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The deny list: what made a compiler fail, hang or take many times as long, or made a program wrong. Kept
// with the plans, by LLVM major and function, so that no session tries it again, whatever the target.
#pragma once

#include "database.h"
#include "plan/plan.h"
#include "util/hash.h"

#include <string>
#include <vector>

namespace autopass {

struct DeniedPlan {
  Digest fingerprint;
  Plan plan;            // as little of one as failed
  std::string function; // its name then, for people
};

struct Denial {
  int llvm_major = 0;
  std::vector<DeniedPlan> plans; // that failed together: mostly one element of one plan; a function once
  std::string target;            // the program for which it was found
  std::string reason;            // "plan-crashed", "wrong-output"
  std::string detail;            // "signal 11"
  std::string created_at = {};   // ISO 8601, UTC
};

// What of this denial makes it the same as another.
Digest digest(const Denial& denial);
// "f: params unroll-count=4; g: attrs noinline=true"
std::string describe(const Denial& denial);

// For PlanStore, within a transaction.
Result<void> remember_denial(Database& database, const Denial& denial);
// Those that were found for this program, valid or not; how many there were.
Result<std::size_t> forget_denials(Database& database, const std::string& target);
// Of a store or a snapshot, the newest last; one that no longer validates is left out.
Result<std::vector<Denial>> denials_in(Database& database);

} // namespace autopass
