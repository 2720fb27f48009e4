// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs a workload with one binary in the target's place: pinned, limited, environment fixed, in its
// own process group.
#pragma once

#include "workload.h"

#include <string>

namespace autopass {

struct RunnerOptions {
  int core = -1;             // pin here; -1: do not
  double timeout = 60;       // wall seconds
  std::uint64_t memory_limit = 0;
};

class Runner {
public:
  // `target` is the path that the workload's command uses for the binary (as the user wrote it, or
  // {target}); `scratch` holds captured output. The first word of the command that is the target's
  // path is replaced by the binary under test; a command without it is run with the binary's path
  // in AUTOPASS_TARGET, and if it uses neither, that is an Error (workload-without-target).
  Runner(std::string target, std::string scratch, RunnerOptions options);
  Result<Run> run(const Workload& workload, const std::string& binary,
                  const std::vector<std::string>& extra_environment = {}) const;
  const RunnerOptions& options() const { return m_options; }
  void set_timeout(double seconds) { m_options.timeout = seconds; }

private:
  std::string m_target, m_scratch;
  RunnerOptions m_options;
};

// The host's cores that we may use, in order; measurements take the last one, builds the others.
std::vector<int> usable_cores();

} // namespace autopass
