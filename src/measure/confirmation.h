// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The only place where "faster" is decided. A candidate is built in several code layouts and
// compared with the baseline in the same layouts, on fresh runs that the search never saw, as many
// as were fixed beforehand, so the interval means what it says. Only a refusal may come earlier.
//
// It is confirmed when, at a level at which of a hundred sessions of equals one makes a claim, all its
// finalists together (Bonferroni),
//   - the interval over all train workloads lies above 1 and so does the ratio in every single
//     layout, and the gain is worth a plan (least_gain),
//   - so does, for each train workload, Student's 95 % interval over its layouts' log ratios,
//   - no workload, train or holdout, loses by itself, over all layouts or in the build's own.
//
// Example: runs give 1.030 [1.024, 1.036], the four layouts 1.048, 1.035, 1.031 and 1.014. What is
// reported is 1.030 [1.014, 1.048]: another layout, in the user's next release, may give any of these.
// With 1.003 in the last it is refused: Student's interval reaches from 0.999 to 1.060.
//
// Where the comparisons come from is the caller's: a session builds and runs (tune/confirm.h), a bench
// has recorded them.
#pragma once

#include "compare.h"

#include <functional>
#include <string>
#include <vector>

namespace autopass {

inline constexpr int confirm_layouts = 4;    // the build's own first
inline constexpr double confirm_false_claims = 0.01; // at most, of all sessions without a gain
inline constexpr double least_gain = 1.005;  // below that a plan is not worth its place
inline constexpr double holdout_loss = 0.995; // an estimate below this counts as a loss
inline constexpr double holdout_worst = 0.97; // and so does what cannot be told from such a loss

struct Confirmation {
  bool holds = false;
  bool wrong = false;  // an output was, or a run failed
  bool failed = false; // it was a run: a crash, or a limit, which may have been the machine's doing
  bool loses = false;  // a workload, by itself
  std::string why_not; // when it does not
  Interval train;
  std::vector<WorkloadInterval> workloads;
  std::string name;                   // the plan's
  std::vector<LayoutSamples> samples; // all that it rests on, whatever came of it
};

struct ConfirmPlan {
  std::string name; // its own among a session's: the order within the pairs depends on it, and samples are told apart by it
  std::vector<std::string> train, holdout; // the workloads' names
  std::size_t finalists = 1; // how many were tried: the level is corrected for them
  std::size_t pairs = 3;     // in each layout of each workload
};

// Compares in one layout; the workloads are numbered, train before holdout.
using LayoutComparer = std::function<Result<Comparison>(std::size_t workload, std::size_t layout,
                                                        const CompareOptions& options)>;

Result<Confirmation> confirm_in_layouts(const ConfirmPlan& plan, const LayoutComparer& compare,
                                        const std::function<void(double done)>& progress);

// Whether layouts gain alike, of which there are confirm_layouts: Student's 95 % interval of their log ratios is above 0.
bool layouts_gain(const std::vector<double>& log_ratios);

// Why a workload by itself, train or holdout, speaks against a candidate; empty: it does not. Log
// ratios by layout, the build's own first. Judged by the interval of the runs, without what layouts add: that makes a gain
// less certain, but no loss less likely.
std::string loses_alone(const std::string& workload,
                        const std::vector<std::vector<double>>& log_ratios);

inline constexpr std::size_t least_pairs = 3, most_pairs = 24;
// Pairs in each layout of each workload, between those two: as many as this noise calls for.
std::size_t pairs_wanted(const Noise& noise);

} // namespace autopass
