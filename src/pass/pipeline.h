// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Passes that the default pipeline lacks, run on the functions whose plans ask for them.
#pragma once

#include "compilation.h"

#include <llvm/Passes/PassBuilder.h>

namespace autopass {

// To be called while the pipeline is built; the builder outlives that. Polly is followed by the
// function simplification pipeline, as where clang runs it on everything: its loops are far from
// canonical form.
void add_before_vectorizers(llvm::PassBuilder& builder, llvm::FunctionPassManager& passes,
                            llvm::OptimizationLevel level, std::shared_ptr<Compilation> compilation);
void add_late_in_simplification(llvm::PassBuilder& builder, llvm::FunctionPassManager& passes,
                                std::shared_ptr<Compilation> compilation);

// What these passes need from the start: a function that Polly works on is not inlined, because what
// it makes of a nest would be undone or lost among the caller's loops.
void prepare_for_pipeline(llvm::Function& function, const Plan& plan);

} // namespace autopass
