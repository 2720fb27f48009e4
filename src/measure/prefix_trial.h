// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a prefix changes about the measuring, found out by running a workload through it.
#pragma once

#include "runner.h"

#include <string>

namespace autopass {

struct PrefixTrial {
  RunnerOptions options;      // with the clock that fits, and without the sandbox if that does not
  std::string why_wall;       // empty: CPU time is read
  std::string why_no_sandbox; // empty: it stays as it was
};

// Runs the workload once; again without the sandbox, if it fails in there and `may_leave`.
//   clock    CPU time is the program's when the prefix becomes it (env, taskset) or executes it (qemu). When
//            it mostly waits instead (workload.h), the program is elsewhere: then wall time it is, of runs
//            that are not pinned. Other work on the machine looks the same for a while: it is run up to
//            three times. Wall time is never the wrong one, only noisier.
//   sandbox  ssh and srun need the network.
// A workload that fails either way changes nothing: whoever runs it next says so. An Error when it cannot be
// started.
Result<PrefixTrial> try_prefix(const std::string& target, const std::string& scratch,
                               const RunnerOptions& options, const Workload& workload,
                               const std::string& binary, bool may_leave);

// Of a run that mostly waits.
std::string why_wall(const Run& run);

} // namespace autopass
