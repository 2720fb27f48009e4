// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pass plugin, as clang sees it. Reading order:
//
//   options.cpp       what we are told
//   start.cpp         fingerprint every function that is ours (exclusion.cpp; fingerprint.cpp, canonical*.cpp, composites.cpp,
//                     content.cpp, context.cpp, compile_settings.cpp), look its plan up, or take it from a person's file (by_hand.cpp),
//                     tag it (tag.cpp, applied_plan.cpp), write its attributes (attrs.cpp), break it when asked (mutate.cpp)
//   profile.cpp       write measured branch weights (cfg.cpp numbers the branches, counters.cpp counts)
//   params.cpp        set pass parameters around the passes of a planned function (option_values.cpp)
//   skip.cpp          leave passes out
//   loops.cpp         hints on loops
//   pipelines.cpp     run passes of a plan (build_pipeline.cpp) where extension_points.cpp says
//   calls.cpp         decide what becomes of single calls
//   codegen.cpp       the same for the back end
//   llvm_compat.h     what the LLVM majors do differently
//   diagnostics.cpp   remarks into evidence_log.cpp, where all evidence comes together; begins again at a warning that
//                     a plan may be behind; pass_witness.cpp tells it what passes do
//   lto.cpp           what of a plan is left to the link; link.cpp does that there
//   finish.cpp        check (postconditions.cpp; frames.cpp in the back end), write evidence and record
//   second_start.cpp  a compile whose plans fail (plan_guard.cpp, plant.cpp) is done anew without them;
//                     what it says is held back (held_output.cpp); outputs.cpp and own_command.cpp know where it cannot be
//
// In a compile without a slice to look plans up in, and with nothing else asked for, nothing is registered.
#include "calls.h"
#include "codegen.h"
#include "compilation.h"
#include "diagnostics.h"
#include "extension_points.h"
#include "fingerprint.h"
#include "link.h"
#include "llvm_compat.h"
#include "loops.h"
#include "params.h"
#include "skip.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Passes/PassBuilder.h>

namespace autopass {

using namespace llvm;

namespace {

using Shared = std::shared_ptr<Compilation>;

// Describes loops, and puts hints on them. `now`: at this place even in a function whose second half
// is the plan's own; that half has another one of these.
struct Loops : PassInfoMixin<Loops> {
  Compilation* compilation;
  bool now;
  Loops(Compilation& c, bool n) : compilation(&c), now(n) {}

  PreservedAnalyses run(Function& function, FunctionAnalysisManager& analyses) {
    if (!now && compilation->pipelines.replaces_optimization(function)) {
      return PreservedAnalyses::all();
    }
    Fingerprinter fingerprints(*function.getParent());
    if (compilation->evidence) {
      const auto& library = analyses.getResult<TargetLibraryAnalysis>(function);
      const auto& target = analyses.getResult<TargetIRAnalysis>(function);
      compilation->evidence->loops(function,
                                   describe_loops(function, library, target, fingerprints));
    }
    hint_loops(*compilation, function, fingerprints);
    return PreservedAnalyses::all(); // metadata is no part of any analysis
  }
  static bool isRequired() { return true; }
};

struct Start : PassInfoMixin<Start> {
  Shared compilation;
  PassBuilder* builder;
  OptimizationLevel level;
  Start(Shared c, PassBuilder& b, OptimizationLevel l)
      : compilation(std::move(c)), builder(&b), level(l) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager& analyses) {
    compilation->settings.see_library(module, analyses);
    compilation->pipelines.begin(*builder, level, [c = compilation.get()](auto& passes) {
      passes.addPass(Loops(*c, true));
    });
    start(*compilation, module, level);
    if (const std::string evidence = frames_option(); !evidence.empty() && !compilation->plans.empty()) {
      compilation->frames.emplace(evidence);
    }
    if (compilation->evidence || !compilation->plans.empty()) {
      listen(module.getContext(), compilation, planned_or_around(module, compilation->plans), Filtering::ByHandler);
    }
    follow_codegen(compilation);
    const bool unchanged =
        compilation->plans.empty() && !compilation->breakage && compilation->counting.empty();
    return unchanged ? PreservedAnalyses::all() : PreservedAnalyses::none();
  }
  static bool isRequired() { return true; }
};

struct Finish : PassInfoMixin<Finish> {
  Shared compilation;
  explicit Finish(Shared c) : compilation(std::move(c)) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager&) {
    compilation->pipelines.optimising(false);
    finish(*compilation, module);
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

void register_passes(PassBuilder& builder) {
  auto compilation = std::make_shared<Compilation>(builder);
  compilation->slice = slice_option();
  compilation->breakage = break_option();
  if (const std::string file = evidence_option(); !file.empty()) {
    compilation->evidence = std::make_unique<EvidenceLog>(file, IrPoints(ir_option()));
  }
  compilation->counting = count_option();
  PassInstrumentationCallbacks* callbacks = builder.getPassInstrumentationCallbacks();
  if (compilation->idle() || callbacks == nullptr) {
    if (callbacks != nullptr && is_link()) {
      follow_link(builder, *callbacks);
    }
    return;
  }
  builder.registerPipelineStartEPCallback(
      [compilation, &builder](ModulePassManager& passes, OptimizationLevel level) {
        if (level != OptimizationLevel::O0) {
          passes.addPass(Start(compilation, builder, level));
        }
      });
  builder.registerVectorizerStartEPCallback(
      [compilation](FunctionPassManager& passes, OptimizationLevel level) {
        if (level != OptimizationLevel::O0) {
          passes.addPass(Loops(*compilation, false));
        }
      });
  builder.registerOptimizerLastEPCallback(
      [compilation](ModulePassManager& passes, OptimizationLevel level, auto...) { // 22: the phase
        if (level != OptimizationLevel::O0) {
          passes.addPass(Finish(compilation));
        }
      });
  follow_passes(*callbacks, compilation);
  if (compilation->slice) {
    follow_pipelines(builder, compilation);
    follow_inliner(*callbacks, compilation);
  }
  skip_passes(*callbacks, compilation);
}

} // namespace
} // namespace autopass

extern "C" __attribute__((visibility("default"))) llvm::PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "autopass", "1", autopass::register_passes};
}
