// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build_pipeline.h"

#include "llvm_compat.h"
#include "plan/pipeline_text.h"

#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Scalar/LoopUnrollPass.h>
#include <llvm/Transforms/Scalar/SimpleLoopUnswitch.h>
#include <llvm/Transforms/Vectorize/VectorCombine.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

const Value* find_value(const PassUse& use, std::string_view option) {
  const auto found =
      std::find_if(use.options.begin(), use.options.end(),
                   [&](const Setting& setting) { return setting.name == option; });
  return found == use.options.end() ? nullptr : &found->value;
}

// Runs on the loops for which the simplification of induction variables has asked for it.
struct WhenAsked : PassInfoMixin<WhenAsked> {
  LoopPassManager passes;
  explicit WhenAsked(LoopPassManager p) : passes(std::move(p)) {}

  PreservedAnalyses run(Loop& loop, LoopAnalysisManager& analyses,
                        LoopStandardAnalysisResults& standard, LPMUpdater& updater) {
    PreservedAnalyses preserved = PreservedAnalyses::all();
    if (analyses.getCachedResult<ShouldRunExtraSimpleLoopUnswitch>(loop) != nullptr) {
      preserved.intersect(passes.run(loop, analyses, standard, updater));
    }
    preserved.abandon<ShouldRunExtraSimpleLoopUnswitch>();
    return preserved;
  }
  static bool isRequired() { return true; }
};

bool parse(PassBuilder& builder, auto& passes, const std::string& text) {
  if (llvm::Error error = builder.parsePassPipeline(passes, text)) {
    consumeError(std::move(error));
    return false;
  }
  return true;
}

} // namespace

bool PipelineBuilder::add(FunctionPassManager& passes, const PassUse& use) {
  if (use.pass == "vector-combine" && find_value(use, "early-only") != nullptr) {
    passes.addPass(VectorCombinePass(/*TryEarlyFoldsOnly=*/true));
    return true;
  }
  return parse(m_builder, passes, pass_text(use));
}

bool PipelineBuilder::add(LoopPassManager& passes, const PassUse& use) {
  if (const Value* level = find_value(use, "level"); use.pass == "loop-unroll-full" && level) {
    passes.addPass(LoopFullUnrollPass(std::get<std::string>(*level).back() - '0'));
    return true;
  }
  if (use.pass == "extra-simple-loop-unswitch-passes") {
    LoopPassManager asked;
    if (!parse(m_builder, asked, pass_text({"simple-loop-unswitch", use.options}))) {
      return false;
    }
    passes.addPass(WhenAsked(std::move(asked)));
    return true;
  }
  return parse(m_builder, passes, pass_text(use));
}

std::optional<LoopPassManager> PipelineBuilder::loops(std::span<const PassUse> passes) {
  LoopPassManager manager;
  const bool known = std::all_of(passes.begin(), passes.end(),
                                 [&](const PassUse& use) { return add(manager, use); });
  return known ? std::optional(std::move(manager)) : std::nullopt;
}

std::optional<FunctionPassManager> PipelineBuilder::functions(std::span<const PassUse> passes,
                                                              const Hook& before_loops) {
  FunctionPassManager manager;
  bool hooked = !before_loops;
  while (!passes.empty()) {
    const auto loop_passes = passes.first(leading_loop_passes(passes));
    if (!hooked && (!loop_passes.empty() || passes.front().pass.starts_with("loop-"))) {
      before_loops(manager);
      hooked = true;
    }
    if (loop_passes.empty()) {
      if (!add(manager, passes.front())) {
        return std::nullopt;
      }
      passes = passes.subspan(1);
      continue;
    }
    auto group = loops(loop_passes);
    if (!group) {
      return std::nullopt;
    }
    manager.addPass(loop_adaptor(std::move(*group), needs_memory_graph(loop_passes)));
    passes = passes.subspan(loop_passes.size());
  }
  return manager;
}

FunctionPassManager PipelineBuilder::simplification(OptimizationLevel level) {
  return m_builder.buildFunctionSimplificationPipeline(level, ThinOrFullLTOPhase::None);
}

} // namespace autopass
