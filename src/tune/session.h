// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A tuning session: the ten steps of docs/architecture.md, in order, within a budget, resumable.
#pragma once

#include "cache/config.h"
#include "cache/plan_store.h"
#include "measure/prefix.h"
#include "measure/workload.h"
#include "report/report.h"

#include <functional>
#include <string>
#include <vector>

namespace autopass {

struct TuneOptions {
  std::string target;               // absolute path of the binary
  std::vector<Workload> train;      // at least one
  std::vector<Workload> holdout;    // may be empty: then the result is known for `train` alone
  double budget_seconds = 300;      // wall time of the whole session
  std::string agent = "expert";     // "expert" or "llm"
  std::string sandbox = "auto";     // "auto", "on" (or an Error) or "off"
  Prefix prefix{};                  // what the workloads run the target through
  bool dry_run = false;             // say what would be done, build and publish nothing
  bool trust_unseen = false;        // tune functions whose mutations the gate does not notice
  bool show_prompts = false;        // print to stderr exactly what a model is sent
  bool outputs_will_do = false;     // a workload that is too short to measure, or too long for the budget, is no Error
  std::vector<std::string> remarks{}; // what was asked for in part only, to be said first
  bool fresh = false;               // forget what an interrupted session had measured
  std::function<void(const std::string& line)> say;                        // lasting lines
  std::function<void(const std::string& step, double done, double seconds_left)> progress;
};

// Exit paths: an Error when nothing can be said (bad workload, target not built, ...); otherwise a
// report, whatever was found. Publishes confirmed plans only.
Result<Report> tune(const TuneOptions& options, const Project& project, const Config& config);

} // namespace autopass
