// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pass plugin, as clang sees it. Reading order:
//
//   options.cpp       what we are told
//   start.cpp         fingerprint every function (fingerprint.cpp, canonical*.cpp, content.cpp,
//                     context.cpp, compile_settings.cpp), look its plan up, or take it from a person's file (by_hand.cpp),
//                     tag it (tag.cpp, applied_plan.cpp), write its attributes (attrs.cpp), break it when asked (mutate.cpp)
//   params.cpp        set pass parameters around the passes of a planned function (option_values.cpp)
//   skip.cpp          leave passes out
//   loops.cpp         hints on loops
//   codegen.cpp       the same for the back end
//   llvm_compat.h     what the LLVM majors do differently
//   diagnostics.cpp   remarks into evidence_log.cpp, where all evidence comes together;
//                     pass_witness.cpp tells it what passes do
//   finish.cpp        check (postconditions.cpp), write evidence and record
//   fork.cpp          plans are applied in a child process (fork_child.cpp); the parent makes stock
//                     code when they fail (open_outputs.cpp, held_output.cpp, plant.cpp)
//   link.cpp          in a link-time optimisation
//
// Without a slice to look plans up in, and with nothing else asked for, nothing is registered.
#include "codegen.h"
#include "compilation.h"
#include "diagnostics.h"
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

struct Start : PassInfoMixin<Start> {
  Shared compilation;
  OptimizationLevel level;
  Start(Shared c, OptimizationLevel l) : compilation(std::move(c)), level(l) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager& analyses) {
    compilation->settings.see_library(module, analyses);
    start(*compilation, module, level);
    const auto hints = [](const AppliedPlan& plan) { return !plan.plan.loops.empty(); };
    if (compilation->evidence || compilation->plans.any(hints)) {
      listen(module.getContext(), compilation);
    }
    follow_codegen(compilation);
    return compilation->plans.empty() && !compilation->breakage ? PreservedAnalyses::all()
                                                                : PreservedAnalyses::none();
  }
  static bool isRequired() { return true; }
};

struct Loops : PassInfoMixin<Loops> {
  Shared compilation;
  explicit Loops(Shared c) : compilation(std::move(c)) {}

  PreservedAnalyses run(Function& function, FunctionAnalysisManager& analyses) {
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

struct Finish : PassInfoMixin<Finish> {
  Shared compilation;
  explicit Finish(Shared c) : compilation(std::move(c)) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager&) {
    finish(*compilation, module);
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

void register_passes(PassBuilder& builder) {
  if (const auto slice = slice_of_link(); slice && !slice_option() && evidence_option().empty()) {
    register_link(builder, *slice);
    return;
  }
  auto compilation = std::make_shared<Compilation>(builder);
  compilation->slice = slice_option();
  compilation->breakage = break_option();
  if (const std::string file = evidence_option(); !file.empty()) {
    compilation->evidence = std::make_unique<EvidenceLog>(file, IrPoints(ir_option()));
  }
  PassInstrumentationCallbacks* callbacks = builder.getPassInstrumentationCallbacks();
  if (compilation->idle() || callbacks == nullptr) {
    return;
  }
  builder.registerPipelineStartEPCallback(
      [compilation](ModulePassManager& passes, OptimizationLevel level) {
        if (level != OptimizationLevel::O0) {
          passes.addPass(Start(compilation, level));
        }
      });
  builder.registerVectorizerStartEPCallback(
      [compilation](FunctionPassManager& passes, OptimizationLevel level) {
        if (level != OptimizationLevel::O0) {
          passes.addPass(Loops(compilation));
        }
      });
  builder.registerOptimizerLastEPCallback(
      [compilation](ModulePassManager& passes, OptimizationLevel level, auto...) { // 22: the phase
        if (level != OptimizationLevel::O0) {
          passes.addPass(Finish(compilation));
        }
      });
  follow_passes(*callbacks, compilation);
  skip_passes(*callbacks, compilation);
}

} // namespace
} // namespace autopass

extern "C" __attribute__((visibility("default"))) llvm::PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "autopass", "1", autopass::register_passes};
}
