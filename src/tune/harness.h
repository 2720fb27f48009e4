// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All that a measurement needs and that stays the same through a session: the replica of the
// target, the runner, the workloads with what they must print, and this machine's noise.
#pragma once

#include "build/replay.h"
#include "gate/gate.h"
#include "journal.h"
#include "measure/compare.h"
#include "measure/pairing.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace autopass {

struct CheckedWorkload {
  std::string name; // "train 1", "holdout 1"
  Workload workload;
  Gate gate;
  PairingChoice pairing;

  Judge judge() const {
    return [this](const Run& run) { return gate.judge(run); };
  }
};

struct Harness {
  std::unique_ptr<Replica> replica;
  Runner runner;
  std::vector<CheckedWorkload> train, holdout;
  std::string sandbox; // "on", "on, for the prefix only", or "off: " and why
  std::string clock;   // "cpu", or "wall: " and why
  Noise noise;        // of the first train workload
  double run_seconds; // one run of every train workload

  // Calls compare() unless the journal knows the answer.
  Result<Comparison> compare(Journal& journal, const std::string& about,
                             const CheckedWorkload& workload, const std::string& baseline,
                             const std::string& candidate, const CompareOptions& options) const;
  // The same over all train workloads, their samples put together; stops at the first that fails.
  Result<Comparison> compare_train(Journal& journal, const std::string& about,
                                   const std::string& baseline, const std::string& candidate,
                                   const CompareOptions& options) const;
};

// Where the journal has what compare() was called for.
std::string journal_entry(const std::string& about, const std::string& workload);

// A note for the report, where runs were ended here that another host may not have ended.
void note_runs_left(const Harness& harness, std::vector<std::string>& notes);

using Workloads = std::vector<const CheckedWorkload*>;
Workloads workloads_of(const Harness& harness, bool with_holdout);

// Wall seconds of a run, on a machine with nothing else to do.
double run_seconds(const CheckedWorkload& workload);

// Wall seconds for a program that may loop for ever, which is wrong, too, but should not cost a minute.
double short_patience(const CheckedWorkload& workload);

using Patience = std::function<double(const CheckedWorkload&)>; // wall seconds

struct Complaint {
  std::string what;  // "train 1: " and what a gate says; empty: there is none
  bool ended = true; // the program, by itself: no signal, no limit

  bool none() const { return what.empty(); }
};

// Runs each once, for `patience` at most: the first that a gate complains of.
Result<Complaint> first_complaint(Runner runner, const std::string& binary, const Workloads& workloads,
                                  const Patience& patience);

// The gate and the pairing for each workload (reasons in gate/gate.h and measure/pairing.h).
Result<std::vector<CheckedWorkload>> check_workloads(const Runner& runner,
                                                     const std::vector<Workload>& workloads,
                                                     const std::string& role,
                                                     const std::string& baseline,
                                                     double least_seconds = least_measured_seconds);

} // namespace autopass
