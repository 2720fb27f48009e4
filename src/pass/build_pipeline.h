// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Passes out of a plan's lists. Each pass is made from the text that plan/pipeline_text.h prints for
// it, by a PassBuilder of our own: the one that clang builds its pipeline with has our callbacks, and
// a pipeline parsed with it from within one of them calls that callback again, without end. The few
// passes that the default pipelines make with arguments which LLVM's pipeline language has no words
// for are made here.
#pragma once

#include "plan/plan.h"

#include <llvm/Passes/PassBuilder.h>

#include <functional>
#include <optional>
#include <span>

namespace autopass {

class PipelineBuilder {
public:
  using Hook = std::function<void(llvm::FunctionPassManager&)>;

  // Nothing when this LLVM does not have one of the passes or options. `before_loops` may add
  // something in front of the first pass that works on loops.
  std::optional<llvm::FunctionPassManager> functions(std::span<const PassUse> passes,
                                                     const Hook& before_loops = {});
  // All of them loop passes that need no memory graph.
  std::optional<llvm::LoopPassManager> loops(std::span<const PassUse> passes);
  // The default one of a level.
  llvm::FunctionPassManager simplification(llvm::OptimizationLevel level);

private:
  bool add(llvm::FunctionPassManager& passes, const PassUse& use);
  bool add(llvm::LoopPassManager& passes, const PassUse& use);

  llvm::PassBuilder m_builder;
};

} // namespace autopass
