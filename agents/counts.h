// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a program counted while it ran, and the plans that say it to the compiler. The plugin writes of
// each function with counters (src/pass/counters.h), as JSON Lines, which counter is what:
//
//   {"function":"f","fingerprint":"<hex>","context":"<hex>","cfg":"<hex>","entry":1,"points":[[2,3],[4,4,5]]}
//
// and the program fills a file of 64-bit counters. `points` are the branch points of the function, in
// order, with a counter for each way on; ways that lead to the same block share one.
#pragma once

#include "roles.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

struct BranchCounts {
  std::set<std::string> functions; // all that have this fingerprint: names are no part of it
  Digest fingerprint, cfg;
  std::uint64_t entry = 0;
  std::vector<std::vector<std::uint64_t>> points;

  std::uint64_t total() const; // how much went on in it: entries and branches
};

// Of one compile. Reason: counts-malformed.
Result<std::vector<BranchCounts>> parse_counts(std::string_view lines, std::string_view counters);

// The hottest first, each fingerprint once: a function that several files hold is counted in each. Those
// that were never entered are left out.
std::vector<BranchCounts> combine_counts(std::vector<BranchCounts> counts);

PlanProfile profile_of(const BranchCounts& counts);

// A plan with nothing but its profile for each of the `most` hottest functions that have branches,
// those that look like constant-time code left out.
std::vector<FunctionPlan> profile_plans(const std::vector<BranchCounts>& counts, std::size_t most);

} // namespace autopass
