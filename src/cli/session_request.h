// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `tune` and `verify` have in common: a program, its workloads and a budget, from what was typed,
// the project file and the configuration; and the talk of a session on stderr.
#pragma once

#include "cache/config.h"
#include "interrupt.h"
#include "progress.h"
#include "tune/session.h"
#include "verbs.h"

#include <functional>
#include <string>

namespace autopass {

struct SessionRequest {
  Project project;
  Config config;
  TuneOptions options;
};

// Checked as far as that costs nothing; reasons: usage_reason, target-not-built.
Result<SessionRequest> request_session(const std::string& target, const WorkloadArguments& workload,
                                       const std::string& budget, const std::string& sandbox);

inline constexpr const char* plans_stay = "\nautopass: interrupted; the plans stay as they are\n";

// Runs `session`, which has `options`; what it says appears on stderr until it returns. `interrupted`
// is printed when a signal ends it, and has to outlive the program.
template <typename Found>
Result<Found> talk_through(TuneOptions& options, const char* interrupted,
                           const std::function<Result<Found>()>& session) {
  end_on_interrupt(interrupted);
  Progress progress;
  options.say = [&](const std::string& line) { progress.say(line); };
  options.progress = [&](const std::string& step, double done, double seconds_left) {
    progress.update(step, done, seconds_left);
  };
  for (const std::string& remark : options.remarks) {
    progress.say(remark);
  }
  return session();
}

} // namespace autopass
