// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a program counted while it ran, and the plans that say it to the compiler. The plugin writes of
// each function with counters (src/pass/counters.h), as JSON Lines, which counter is what:
//
//   {"function":"f","fingerprint":"<hex>","context":"<hex>","cfg":"<hex>","entry":1,
//    "points":[[2,3],[4,4,5]],"calls":[[0,6,"<hex>",40]]}
//
// and the program fills a file of 64-bit counters. `points` are the branch points of the function, in
// order, with a counter for each way on; ways that lead to the same block share one. `calls` are those that a
// plan may have inlined: which of the direct calls, its counter, the callee's fingerprint and its
// instructions.
#pragma once

#include "roles.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

struct CallCount {
  std::int64_t call = 0;
  Digest callee;
  std::uint64_t size = 0, count = 0;
};

struct BranchCounts {
  std::set<std::string> functions; // all that have this fingerprint: names are no part of it
  Digest fingerprint, cfg;
  std::uint64_t entry = 0;
  std::vector<std::vector<std::uint64_t>> points;
  std::vector<CallCount> calls = {};

  std::uint64_t total() const; // how much went on in it: entries and branches
};

// Of one compile. Reason: counts-malformed.
Result<std::vector<BranchCounts>> parse_counts(std::string_view lines, std::string_view counters);

// The hottest first, each fingerprint once: a function that several files hold is counted in each. Those
// that were never entered are left out.
std::vector<BranchCounts> combine_counts(std::vector<BranchCounts> counts);

PlanProfile profile_of(const BranchCounts& counts);

// Where most of the work is: the smallest of the largest counts that make up 99 % of all, as LLVM's profile
// summary has it (ProfileSummaryCutoffHot). At least 1.
std::uint64_t hot_count(const std::vector<BranchCounts>& counts);

// A plan for each of the `most` hottest functions that have branches, those that look like constant-time
// code left out: its profile, and its hot calls of callees that are not too large inlined, as -fprofile-use
// would (threshold 3000 in place of 225), which decides by a summary of the module that plans do without.
std::vector<FunctionPlan> profile_plans(const std::vector<BranchCounts>& counts, std::size_t most);

} // namespace autopass
