// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "prefix_trial.h"

#include "util/text.h"

namespace autopass {

std::string why_wall(const Run& run) {
  return format("through the prefix %.0f %% of a run is CPU time here",
                100 * seconds_of(run, Clock::Cpu) / seconds_of(run, Clock::Wall));
}

Result<PrefixTrial> try_prefix(const std::string& target, const std::string& scratch,
                               const RunnerOptions& options, const Workload& workload,
                               const std::string& binary, bool may_leave) {
  PrefixTrial trial{options, {}, {}};
  TRY(Run run, Runner(target, scratch, options).run(workload, binary));
  if (!run.success() && options.sandbox && may_leave) {
    RunnerOptions outside = options;
    outside.sandbox.reset();
    TRY(Run another, Runner(target, scratch, outside).run(workload, binary));
    if (another.success()) {
      trial.options = std::move(outside);
      trial.why_no_sandbox = "through the prefix the workload fails in it";
      run = std::move(another);
    }
  }
  for (int again = 0; again < 2 && run.success() && mostly_waits(run); ++again) {
    TRY(run, Runner(target, scratch, trial.options).run(workload, binary));
  }
  if (run.success() && mostly_waits(run)) {
    trial.options.clock = Clock::Wall;
    trial.options.core = -1;
    trial.why_wall = why_wall(run);
  }
  return trial;
}

} // namespace autopass
