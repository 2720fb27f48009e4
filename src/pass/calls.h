// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Decisions on single calls, and what agents have to know to make one.
#pragma once

#include "compilation.h"
#include "exclusion.h"
#include "fingerprint.h"

#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/PassInstrumentation.h>

#include <vector>

namespace autopass {

// What a decision's number counts: direct calls, in the order of blocks and instructions.
std::vector<llvm::CallBase*> direct_calls(const llvm::Function& function);
// Those that can call themselves, as far as calls can be seen.
FunctionSet functions_in_cycles(llvm::Module& module);
// Whether a plan may have this call inlined.
bool may_inline(const llvm::CallBase& call, const FunctionSet& in_cycles);
// Writes a plan's decisions on the calls of its function. To be called before anything else of any plan
// is written: what may become of a call is for the source to say, not for a plan's attributes.
void decide_calls(Compilation& compilation, llvm::Function& function, const Plan& plan,
                  Fingerprinter& fingerprints, const FunctionSet& in_cycles);
// Has the inliner follow them.
void follow_inliner(llvm::PassInstrumentationCallbacks& callbacks,
                    std::shared_ptr<Compilation> compilation);

} // namespace autopass
