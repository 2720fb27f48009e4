// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The confirmation of a session: builds both sides in each layout and has them compared, each comparison
// once (it is in the journal then). What is confirmed is said in measure/confirmation.h.
#pragma once

#include "budget.h"
#include "harness.h"
#include "journal.h"
#include "measure/confirmation.h"

#include <functional>
#include <string>

namespace autopass {

// "`candidate` is faster than `against`": what builds have anyway, which is stock code mostly.
struct Claim {
  Candidate candidate;
  Candidate against;
  std::string name; // keeps the measurements of two confirmations of one candidate apart
  std::size_t finalists = 1; // how many were tried: the level is corrected for them
  std::size_t pairs = 3;     // in each layout of each workload
};

Result<Confirmation> confirm(const Harness& harness, Journal& journal, const Claim& claim,
                             const std::function<void(double done)>& progress);

// As many as are wanted, or fewer, but 3 at least, when they would not fit into `seconds`.
std::size_t pairs_that_fit(const Harness& harness, double seconds);
double confirm_seconds(const Harness& harness, std::size_t pairs);

inline constexpr std::size_t usual_pairs = 8; // more, where noise calls for them, only for time that nothing else waits for
// Until a finalist is published: a whole one, and a shorter one of what minimising leaves; one against what is published, if
// something is.
constexpr double confirmations_to_come(bool has_published) { return 1.6 + (has_published ? 1 : 0); }

// For one of several confirmations (`to_come` in all, of this length) that have so many seconds: its share, or half of them
// for the usual ones.
std::size_t pairs_for_one(const Harness& harness, double seconds, double to_come);

} // namespace autopass
