// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pipelines of planned functions: passes of a plan at extension points, and in place of the default
// halves.
#pragma once

#include "build_pipeline.h"
#include "cache/function_counts.h"
#include "plan/plan.h"

#include <llvm/Transforms/Scalar/LoopPassManager.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace autopass {

class Pipelines {
public:
  // `host` is clang's own builder: extensions that are linked into clang are known to it alone.
  // Both have to live as long as the pipeline runs.
  void begin(llvm::PassBuilder& host, llvm::OptimizationLevel level, PipelineBuilder::Hook hints);
  // Makes the passes of a plan; why the plan cannot act with this clang, if so.
  std::optional<FunctionCount> prepare(const Plan& plan);

  llvm::PreservedAnalyses run_at(llvm::StringRef point, llvm::Function& function,
                                 llvm::FunctionAnalysisManager& analyses);
  llvm::PreservedAnalyses run_at(llvm::StringRef point, llvm::Loop& loop,
                                 llvm::LoopAnalysisManager& analyses,
                                 llvm::LoopStandardAnalysisResults& standard,
                                 llvm::LPMUpdater& updater);
  // In front of the default simplification half of a function, and where the second half begins.
  llvm::PreservedAnalyses simplify(llvm::Function& function,
                                   llvm::FunctionAnalysisManager& analyses);
  llvm::PreservedAnalyses optimise(llvm::Function& function,
                                   llvm::FunctionAnalysisManager& analyses);
  bool acts_in_front_of_simplification(const llvm::Function& function) const;
  bool replaces_optimization(const llvm::Function& function) const;

  // What runs at the moment, as the pass manager tells it.
  void begin_component() { ++m_components; }
  void end_component() { --m_components; }
  void optimising(bool now) { m_optimising = now; }
  // True for the passes of a default half that a plan replaces.
  bool leaves_out(const llvm::Function& function) const;

private:
  struct Built {
    std::map<std::string, llvm::FunctionPassManager, std::less<>> at;
    std::map<std::string, llvm::LoopPassManager, std::less<>> at_loops;
    std::optional<llvm::FunctionPassManager> simplification, optimization, polly;
  };
  std::optional<FunctionCount> build(const Pipeline& pipeline, Built& built);
  std::optional<FunctionCount> build_polly(Built& built);
  Built* find(const llvm::Function& function) const;
  llvm::PreservedAnalyses run(llvm::FunctionPassManager& passes, llvm::Function& function,
                              llvm::FunctionAnalysisManager& analyses);

  llvm::PassBuilder* m_host = nullptr;
  llvm::OptimizationLevel m_level = llvm::OptimizationLevel::O0;
  PipelineBuilder::Hook m_hints;
  std::unique_ptr<PipelineBuilder> m_builder; // made for the first plan
  std::map<std::string, std::unique_ptr<Built>, std::less<>> m_by_tag;
  int m_components = 0; // call-graph components that are being worked on
  bool m_optimising = false;
  int m_running = 0; // passes of ours
};

} // namespace autopass
