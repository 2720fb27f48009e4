// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the plugin knows while it works on one module: made when the pipeline is built, filled at
// its start, read by every part, dropped after code generation.
#pragma once

#include "applied_plan.h"
#include "cache/function_counts.h"
#include "cache/records.h"
#include "compile_settings.h"
#include "evidence_log.h"
#include "frames.h"
#include "lto.h"
#include "options.h"
#include "postconditions.h"
#include "pipelines.h"

#include <llvm/IR/Module.h>
#include <llvm/Passes/OptimizationLevel.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace autopass {

struct Compilation {
  explicit Compilation(const llvm::PassBuilder& builder) : settings(builder) {}

  CompileSettings settings;
  std::optional<Digest> slice;
  std::optional<Breakage> breakage;
  std::unique_ptr<EvidenceLog> evidence; // null: not asked for
  std::string counting;                  // what the counters are goes here; empty: no counters
  bool has_user_profile = false;         // the build measures or uses a profile of its own
  Lto lto = Lto::None;

  AppliedPlans plans;
  std::unique_ptr<Postconditions> postconditions; // null: no plans
  std::optional<Frames> frames;                   // nothing: not known
  Pipelines pipelines;
  std::set<std::string> hinted; // names of functions with a loop hint of ours
  std::set<std::string> with_pragma; // names of planned functions whose loop pragmas are known, and left alone
  OptionFlip flip;
  std::int64_t functions = 0;                 // with a body
  std::map<std::string, std::int64_t> counts; // named reasons, for the record
  std::set<Digest> fingerprints;              // likewise, of all that could have a plan
  std::vector<FoundPlan> found;            // and of those for which the slice has one

  void count(FunctionCount what, std::int64_t more = 1) {
    counts[std::string(name_of(what))] += more;
  }
  bool idle() const { return !slice && !breakage && !evidence && counting.empty(); }
};

// The start of the pipeline: fingerprints, looks plans up, tags, sets attributes, breaks.
void start(Compilation& compilation, llvm::Module& module, llvm::OptimizationLevel level);
// The end of the IR pipeline: checks planned functions, writes evidence and record.
void finish(Compilation& compilation, llvm::Module& module);

} // namespace autopass
