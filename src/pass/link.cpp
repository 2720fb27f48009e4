// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Link-time optimisation. The bitcode comes from compiles in which planned functions were tagged;
// the tag is an attribute, so it is still there when functions have been imported into another
// module, cloned or merged. Here the tag says which plan, exactly: one that is not in the slice any
// more is not replaced by another.
//
//   ThinLTO   start: early simplification   hints: start of the vectoriser   end: optimizer last
//   LTO       start: full LTO early         -                                end: full LTO last
//
// The start of the pipeline, as compiles have it, is not called in a link. Back ends are threads,
// and LLVM's options belong to the process: nothing here may set one (plan/phase.h). Each back end
// has a pass builder, and a Compilation, of its own; what they share is read once and never changed.
#include "link.h"

#include "by_hand.h"
#include "cache/clock.h"
#include "cache/snapshot.h"
#include "cache/spool.h"
#include "compilation.h"
#include "diagnostics.h"
#include "fingerprint.h"
#include "loops.h"
#include "skip.h"
#include "tag.h"
#include "util/paths.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/PassManager.h>
#include <llvm/IR/Verifier.h>

#include <cstdlib>
#include <map>

namespace autopass {

using namespace llvm;

namespace {

using Shared = std::shared_ptr<Compilation>;

struct Known {
  std::map<std::string, Plan, std::less<>> plans; // by tag
  std::string reason;                             // why there are none
};

Result<std::vector<Plan>> plans_of(const Digest& slice) {
  if (const std::string file = plan_file_path(); !file.empty()) {
    return plans_by_hand(file, slice);
  }
  TRY(auto snapshot, Snapshot::open(snapshot_path()));
  return snapshot.plans(slice);
}

Known read_plans(const Digest& slice) {
  Known known;
  const auto plans = plans_of(slice);
  if (!plans) {
    known.reason = plans.error().reason;
    return known;
  }
  for (const Plan& plan : *plans) {
    known.plans.emplace(tag_of(plan), plan);
  }
  return known;
}

// The same in every thread.
const Known& known_plans(const Digest& slice) {
  static const Known known = read_plans(slice);
  return known;
}

std::string_view tag_of(const Function& function) {
  const Attribute tag = function.getFnAttribute(tag_attribute);
  return tag.isStringAttribute() ? std::string_view(tag.getValueAsString()) : std::string_view();
}

void find_plans(Compilation& compilation, Module& module) {
  for (Function& function : module) {
    const std::string_view tag = function.isDeclaration() ? std::string_view() : tag_of(function);
    if (tag.empty()) {
      continue;
    }
    const Known& known = known_plans(*compilation.slice);
    const auto plan = known.plans.find(tag);
    if (plan == known.plans.end()) {
      compilation.count(FunctionCount::PlanNotFound);
      continue;
    }
    compilation.plans.add(plan->first, plan->second, compilation.phase);
    compilation.count(FunctionCount::LinkApplied);
    if (const auto idle = idle_settings(plan->second, compilation.phase); idle > 0) {
      compilation.count(FunctionCount::NotInLink, idle);
    }
  }
  if (compilation.counts.empty()) { // no function is tagged
    return;
  }
  if (const std::string& reason = known_plans(*compilation.slice).reason; !reason.empty()) {
    ++compilation.counts[reason];
  }
}

struct LinkStart : PassInfoMixin<LinkStart> {
  Shared compilation;
  Phase phase;
  LinkStart(Shared c, Phase p) : compilation(std::move(c)), phase(p) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager&) {
    compilation->phase = phase;
    find_plans(*compilation, module);
    if (compilation->plans.any([](const AppliedPlan& plan) { return !plan.plan.loops.empty(); })) {
      listen(module.getContext(), compilation);
    }
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

struct LinkLoops : PassInfoMixin<LinkLoops> {
  Shared compilation;
  explicit LinkLoops(Shared c) : compilation(std::move(c)) {}

  PreservedAnalyses run(Function& function, FunctionAnalysisManager&) {
    if (compilation->plans.of(function) != nullptr) {
      Fingerprinter fingerprints(*function.getParent());
      hint_loops(*compilation, function, fingerprints);
    }
    return PreservedAnalyses::all(); // metadata is no part of any analysis
  }
  static bool isRequired() { return true; }
};

// There is no child process here that could be given up, so IR that makes no sense is an error.
void check_planned(const Compilation& compilation, Module& module) {
  for (Function& function : module) {
    if (compilation.plans.of(function) != nullptr && verifyFunction(function)) {
      module.getContext().emitError("autopass: the plan of function '" + function.getName() +
                                    "' made IR that does not verify; link with AUTOPASS=off");
    }
  }
}

struct LinkFinish : PassInfoMixin<LinkFinish> {
  Shared compilation;
  explicit LinkFinish(Shared c) : compilation(std::move(c)) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager&) {
    check_planned(*compilation, module);
    const std::string spool = chosen_spool();
    if (!compilation->counts.empty() && !spool.empty()) {
      PluginRecord record; // of no output: it has the record of its compile, if it is one
      record.slice = compilation->slice->hex();
      record.counts = compilation->counts;
      record.time_ns = now_ns();
      append(spool, record);
    }
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

// A callback for the pass builder, which adds this pass to a pipeline that optimises.
template <class Pass> auto adding(Pass pass) {
  return [pass](auto& passes, OptimizationLevel level, auto...) {
    if (level != OptimizationLevel::O0) {
      passes.addPass(Pass(pass));
    }
  };
}

} // namespace

std::optional<Digest> slice_of_link() {
  const char* slice = std::getenv(link_variable);
  return slice != nullptr ? Digest::from_hex(slice) : std::nullopt;
}

void register_link(PassBuilder& builder, const Digest& slice) {
  PassInstrumentationCallbacks* callbacks = builder.getPassInstrumentationCallbacks();
  if (callbacks == nullptr) {
    return;
  }
  auto compilation = std::make_shared<Compilation>(builder);
  compilation->slice = slice;
  builder.registerPipelineEarlySimplificationEPCallback(
      adding(LinkStart(compilation, Phase::ThinLink)));
  builder.registerVectorizerStartEPCallback(adding(LinkLoops(compilation)));
  builder.registerOptimizerLastEPCallback(adding(LinkFinish(compilation)));
  builder.registerFullLinkTimeOptimizationEarlyEPCallback(
      adding(LinkStart(compilation, Phase::FullLink)));
  builder.registerFullLinkTimeOptimizationLastEPCallback(adding(LinkFinish(compilation)));
  skip_passes(*callbacks, compilation);
}

} // namespace autopass
