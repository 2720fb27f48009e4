// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where clang lets a plugin add passes. What is added here is always there and does nothing for a
// function whose plan has nothing for that point.
#include "extension_points.h"

#include "attrs.h"
#include "llvm_compat.h"

#include <llvm/Analysis/CGSCCPassManager.h>
#include <llvm/Analysis/LazyCallGraph.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

using Shared = std::shared_ptr<Compilation>;

struct FunctionPoint : PassInfoMixin<FunctionPoint> {
  Shared compilation;
  StringRef point;
  FunctionPoint(Shared c, StringRef p) : compilation(std::move(c)), point(p) {}

  PreservedAnalyses run(Function& function, FunctionAnalysisManager& analyses) {
    return compilation->pipelines.run_at(point, function, analyses);
  }
  static bool isRequired() { return true; }
};

struct LoopPoint : PassInfoMixin<LoopPoint> {
  Shared compilation;
  StringRef point;
  LoopPoint(Shared c, StringRef p) : compilation(std::move(c)), point(p) {}

  PreservedAnalyses run(Loop& loop, LoopAnalysisManager& analyses,
                        LoopStandardAnalysisResults& standard, LPMUpdater& updater) {
    return compilation->pipelines.run_at(point, loop, analyses, standard, updater);
  }
  static bool isRequired() { return true; }
};

struct SecondHalf : PassInfoMixin<SecondHalf> {
  Shared compilation;
  explicit SecondHalf(Shared c) : compilation(std::move(c)) {}

  PreservedAnalyses run(Function& function, FunctionAnalysisManager& analyses) {
    return compilation->pipelines.optimise(function, analyses);
  }
  static bool isRequired() { return true; }
};

struct FirstHalf : PassInfoMixin<FirstHalf> {
  Shared compilation;
  explicit FirstHalf(Shared c) : compilation(std::move(c)) {}

  PreservedAnalyses run(Function& function, FunctionAnalysisManager& analyses) {
    return compilation->pipelines.simplify(function, analyses);
  }
  static bool isRequired() { return true; }
};

// The adaptor keeps the call graph up to date with what the passes do. A component without a
// planned function does not even meet it.
struct Component : PassInfoMixin<Component> {
  Shared compilation;
  CGSCCToFunctionPassAdaptor adaptor;
  explicit Component(Shared c)
      : compilation(std::move(c)),
        adaptor(createCGSCCToFunctionPassAdaptor(FirstHalf(compilation),
                                                 /*EagerlyInvalidate=*/false, /*NoRerun=*/true)) {}

  PreservedAnalyses run(LazyCallGraph::SCC& component, CGSCCAnalysisManager& analyses,
                        LazyCallGraph& graph, CGSCCUpdateResult& result) {
    const bool planned =
        std::any_of(component.begin(), component.end(), [&](LazyCallGraph::Node& node) {
          return compilation->pipelines.acts_in_front_of_simplification(node.getFunction());
        });
    return planned ? adaptor.run(component, analyses, graph, result) : PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

struct SecondHalfBegins : PassInfoMixin<SecondHalfBegins> {
  Shared compilation;
  explicit SecondHalfBegins(Shared c) : compilation(std::move(c)) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager&) {
    compilation->pipelines.optimising(true);
    for (Function& function : module) {
      if (const AppliedPlan* plan = compilation->plans.of(function)) {
        set_late_attributes(function, plan->plan.attrs);
      }
    }
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

// Points are not asked about at -O0, or where clang does not get that far.
auto function_point(const Shared& compilation, StringRef point) {
  return [compilation, point](FunctionPassManager& passes, OptimizationLevel) {
    passes.addPass(FunctionPoint(compilation, point));
  };
}

auto loop_point(const Shared& compilation, StringRef point) {
  return [compilation, point](LoopPassManager& passes, OptimizationLevel) {
    passes.addPass(LoopPoint(compilation, point));
  };
}

} // namespace

void follow_pipelines(PassBuilder& builder, const Shared& compilation) {
  builder.registerPeepholeEPCallback(function_point(compilation, "peephole"));
  builder.registerLateLoopOptimizationsEPCallback(loop_point(compilation, "late-loop"));
  builder.registerLoopOptimizerEndEPCallback(loop_point(compilation, "loop-end"));
  builder.registerScalarOptimizerLateEPCallback(function_point(compilation, "scalar-late"));
  builder.registerCGSCCOptimizerLateEPCallback(
      [compilation](CGSCCPassManager& passes, OptimizationLevel) {
        passes.addPass(Component(compilation));
      });
  builder.registerVectorizerStartEPCallback(
      [compilation](FunctionPassManager& passes, OptimizationLevel) {
        passes.addPass(SecondHalf(compilation));
      });
  at_vectorizer_end(builder, function_point(compilation, "vectorizer-end"));
  builder.registerOptimizerEarlyEPCallback(
      [compilation](ModulePassManager& passes, OptimizationLevel, auto...) { // 22: the phase
        passes.addPass(SecondHalfBegins(compilation));
      });
}

} // namespace autopass
