// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a prefix changes about the measuring, found out by running the workloads through it.
#pragma once

#include "runner.h"

#include <string>

namespace autopass {

struct PrefixTrial {
  RunnerOptions options;      // with the clock that fits, and without the sandbox if that does not
  std::string why_wall;       // empty: CPU time is read
  std::string why_no_sandbox; // empty: it stays as it was
  // What is true of the sandbox, of which `about` (sandbox_choice.h) is said without the prefix.
  std::string about_sandbox(const std::string& about) const;
};

// Runs each workload once; again without the sandbox, if it fails in there and `may_leave`. All are measured in
// one way, so the weakest answer is that of all:
//   clock    CPU time is the program's when the prefix becomes it (env, taskset) or executes it (qemu). When
//            it mostly waits instead (workload.h), the program is elsewhere: then wall time it is, of runs
//            that are not pinned. Other work on the machine looks the same for a while: it is run up to
//            three times. Wall time is never the wrong one, only noisier.
//   sandbox  ssh and srun need the network. Where wall time is read it has the prefix alone in it: the program is
//            the child of a server, on another host or at the other end of a socket (docker exec).
// A workload that fails either way changes nothing: whoever runs it next says so. An Error when one cannot be
// started.
Result<PrefixTrial> try_prefix(const std::string& target, const std::string& scratch,
                               const RunnerOptions& options, const std::vector<Workload>& workloads,
                               const std::string& binary, bool may_leave);

// Of a run that mostly waits.
std::string why_wall(const Run& run);

} // namespace autopass
