// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pipeline.h"

#include "attrs.h"

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

bool asks_for(const Plan& plan, std::string_view entry) {
  return std::any_of(plan.pipeline.begin(), plan.pipeline.end(),
                     [&](const Setting& setting) { return setting.name == entry; });
}

// Passes for the functions whose plan has the entry.
struct Planned : PassInfoMixin<Planned> {
  std::shared_ptr<Compilation> compilation;
  std::string_view entry;
  FunctionPassManager passes;

  Planned(std::shared_ptr<Compilation> c, std::string_view e, FunctionPassManager p)
      : compilation(std::move(c)), entry(e), passes(std::move(p)) {}

  PreservedAnalyses run(Function& function, FunctionAnalysisManager& analyses) {
    const AppliedPlan* plan = compilation->plans.of(function);
    return plan != nullptr && asks_for(plan->plan, entry) ? passes.run(function, analyses)
                                                          : PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

// False where this clang does not have the pass.
bool parse(PassBuilder& builder, FunctionPassManager& passes, StringRef text) {
  if (llvm::Error unknown = builder.parsePassPipeline(passes, text)) {
    consumeError(std::move(unknown));
    return false;
  }
  return true;
}

} // namespace

void add_before_vectorizers(PassBuilder& builder, FunctionPassManager& passes,
                            OptimizationLevel level, std::shared_ptr<Compilation> compilation) {
  FunctionPassManager polly;
  if (parse(builder, polly, "polly")) {
    polly.addPass(builder.buildFunctionSimplificationPipeline(level, ThinOrFullLTOPhase::None));
    passes.addPass(Planned(std::move(compilation), "polly", std::move(polly)));
  }
}

void add_late_in_simplification(PassBuilder& builder, FunctionPassManager& passes,
                                std::shared_ptr<Compilation> compilation) {
  FunctionPassManager threading;
  if (parse(builder, threading, "dfa-jump-threading")) {
    passes.addPass(Planned(std::move(compilation), "dfa-jump-threading", std::move(threading)));
  }
}

void prepare_for_pipeline(Function& function, const Plan& plan) {
  if (asks_for(plan, "polly")) {
    set_attributes(function, {{"noinline", true}});
  }
}

} // namespace autopass
