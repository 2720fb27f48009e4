// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The only place where "faster" is decided. A candidate is built in several code layouts and
// compared with the baseline in the same layouts, on fresh runs that the search never saw, as many
// as were fixed beforehand, so the interval means what it says. Only a refusal may come earlier.
//
// It is confirmed when, at a level corrected for the number of finalists,
//   - the interval over all train workloads lies above 1 and so does the ratio in every single
//     layout, and the gain is worth a plan (least_gain),
//   - no workload, train or holdout, loses by itself.
//
// Example: runs give 1.030 [1.024, 1.036], the four layouts 1.048, 1.035, 1.031 and 1.004. What is
// reported is 1.030 [1.004, 1.048]: another layout, in the user's next release, may give any of these.
#pragma once

#include "budget.h"
#include "harness.h"
#include "journal.h"
#include "report/report.h"

#include <functional>
#include <string>
#include <vector>

namespace autopass {

inline constexpr int confirm_layouts = 4;    // the build's own first
inline constexpr double least_gain = 1.005;  // below that a plan is not worth its place
inline constexpr double holdout_loss = 0.995; // an estimate below this counts as a loss

struct Confirmation {
  bool holds = false;
  bool wrong = false;  // an output was, or a run failed
  std::string why_not; // when it does not
  Interval train;
  std::vector<Report::PerWorkload> workloads;
};

// "`candidate` is faster than `against`", which is stock code when it has no plans.
struct Claim {
  Candidate candidate;
  Candidate against;
  std::string name; // keeps the measurements of two confirmations of one candidate apart
  std::size_t finalists = 1; // how many were tried: the level is corrected for them
  std::size_t pairs = 3;     // in each layout of each workload
};

Result<Confirmation> confirm(const Harness& harness, Journal& journal, const Claim& claim,
                             const std::function<void(double done)>& progress);

// Why a workload by itself, train or holdout, speaks against a candidate; empty: it does not. Log
// ratios by layout. Judged by the interval of the runs, without what layouts add: that makes a gain
// less certain, but no loss less likely.
std::string loses_alone(const std::string& workload,
                        const std::vector<std::vector<double>>& log_ratios);

inline constexpr std::size_t least_pairs = 3;
// Pairs in each layout of each workload, between least_pairs and 8: as many as this noise calls for.
std::size_t pairs_wanted(const Noise& noise);
// The same, or fewer, but 3 at least, when they would not fit into `seconds`.
std::size_t pairs_that_fit(const Harness& harness, double seconds);
double confirm_seconds(const Harness& harness, std::size_t pairs);

} // namespace autopass
