// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the command line can ask for: one struct of arguments a verb, and one function that does it,
// in the file of that name. The result is an exit code; an Error becomes exit code 1, or 2 when its
// reason is usage_reason.
#pragma once

#include "util/error.h"

#include <string>
#include <variant>
#include <vector>

namespace autopass {

inline constexpr int exit_done = 0;
inline constexpr int exit_no = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_interrupted = 130;
inline constexpr const char* usage_reason = "usage";

struct WorkloadArguments {
  std::vector<std::string> run, holdout, outputs;
  std::string input, tolerance, checker, prefix;
  bool checks_errors = false;
};

struct InitArguments {
  std::string target, project;
  WorkloadArguments workload;
  bool force = false;
};
struct TuneArguments {
  std::string target, budget, agent, sandbox, csv;
  WorkloadArguments workload;
  bool dry_run = false, trust_unseen = false, show_prompts = false, json = false, fresh = false;
};
struct VerifyArguments {
  std::string target, budget, sandbox, csv;
  WorkloadArguments workload;
  bool keep = false, matrix = false, json = false;
};
struct BisectArguments {
  std::string target, budget, sandbox, plan;
  WorkloadArguments workload;
  bool keep = false, json = false;
};
struct QueueArguments {
  bool work = false, json = false;
};
struct StatusArguments {
  bool json = false;
};
struct ReportArguments {
  std::string target;
  bool json = false;
};
struct StatsArguments {
  bool verbose = false, json = false;
};
struct RunArguments {
  std::vector<std::string> command;
};
struct MeasureArguments {
  std::vector<std::string> command; // both, "--vs" between them
  std::string input, prefix, clock, core, time, csv;
  bool in_turn = false, ignore_failure = false, json = false;
};
struct StaleArguments {
  std::string folder;
  bool touch = false, json = false;
};
struct ExplainArguments {
  std::string output;
  std::vector<std::string> command; // one of the two
  bool json = false;
};
struct ShowArguments {
  std::string what; // a program, or a function
  bool binary = false;
  std::string function; // with `binary`: this one alone
  bool json = false;
};
struct DiffArguments {
  std::string function, plan;
  bool mca = false, json = false;
};
struct UndoArguments {
  std::string target;
  bool denied = false;
};
struct ConfigArguments {
  std::string assignment; // "", "KEY" or "KEY=VALUE"
  bool json = false;
};
struct PlanArguments {
  std::string file;
  bool json = false;
};
struct VocabularyArguments {
  bool json = false;
};
struct DoctorArguments {
  bool json = false;
};

using Invocation = std::variant<InitArguments, TuneArguments, VerifyArguments, BisectArguments, QueueArguments, StatusArguments,
                                ReportArguments, StatsArguments, RunArguments,
                                MeasureArguments,
                                StaleArguments, ExplainArguments, ShowArguments, DiffArguments,
                                UndoArguments, ConfigArguments, PlanArguments, VocabularyArguments,
                                DoctorArguments>;

Result<int> execute(const InitArguments& arguments);
Result<int> execute(const TuneArguments& arguments);
Result<int> execute(const VerifyArguments& arguments);
Result<int> execute(const BisectArguments& arguments);
Result<int> execute(const QueueArguments& arguments);
Result<int> execute(const StatusArguments& arguments);
Result<int> execute(const ReportArguments& arguments);
Result<int> execute(const StatsArguments& arguments);
Result<int> execute(const RunArguments& arguments);
Result<int> execute(const MeasureArguments& arguments);
Result<int> execute(const StaleArguments& arguments);
Result<int> execute(const ExplainArguments& arguments);
Result<int> execute(const ShowArguments& arguments);
Result<int> execute(const DiffArguments& arguments);
Result<int> execute(const UndoArguments& arguments);
Result<int> execute(const ConfigArguments& arguments);
Result<int> execute(const PlanArguments& arguments);
Result<int> execute(const VocabularyArguments& arguments);
Result<int> execute(const DoctorArguments& arguments);

} // namespace autopass
