// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "prefix_trial.h"

#include "util/text.h"

namespace autopass {

std::string why_wall(const Run& run) {
  return format("through the prefix %.0f %% of a run is CPU time here",
                100 * seconds_of(run, Clock::Cpu) / seconds_of(run, Clock::Wall));
}

std::string PrefixTrial::about_sandbox(const std::string& about) const {
  if (!why_no_sandbox.empty()) {
    return "off: " + why_no_sandbox;
  }
  return about + (options.sandbox && !why_wall.empty() ? ", for the prefix only" : "");
}

Result<PrefixTrial> try_prefix(const std::string& target, const std::string& scratch,
                               const RunnerOptions& options, const std::vector<Workload>& workloads,
                               const std::string& binary, bool may_leave) {
  PrefixTrial trial{options, {}, {}};
  const auto run_with = [&](const RunnerOptions& chosen, const Workload& workload) {
    return Runner(target, scratch, chosen).run(workload, binary);
  };
  for (const Workload& workload : workloads) {
    TRY(Run run, run_with(trial.options, workload));
    if (!run.success() && trial.options.sandbox && may_leave) {
      RunnerOptions outside = trial.options;
      outside.sandbox.reset();
      TRY(Run another, run_with(outside, workload));
      if (another.success()) {
        trial.options = std::move(outside);
        trial.why_no_sandbox = "through the prefix the workload fails in it";
        run = std::move(another);
      }
    }
    for (int again = 0; again < 2 && run.success() && mostly_away(run) && trial.why_wall.empty(); ++again) {
      TRY(run, run_with(trial.options, workload));
    }
    if (run.success() && mostly_away(run) && trial.why_wall.empty()) {
      trial.options.clock = Clock::Wall;
      trial.options.core = -1;
      trial.why_wall = why_wall(run);
    }
  }
  return trial;
}

} // namespace autopass
