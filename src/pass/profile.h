// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Branch weights and entry counts of a plan, written on the front end's IR.
#pragma once

#include "compile_settings.h"
#include "plan/plan.h"

#include <llvm/IR/Module.h>

namespace autopass {

// True when the build itself measures a profile or uses one: that is the one which counts.
bool has_user_profile(const llvm::Module& module, const CompileSettings& settings);

// Is this the function that was measured?
bool profile_fits(const PlanProfile& profile, llvm::Function& function);
void set_profile(llvm::Function& function, const PlanProfile& profile);
// At the end of the IR pipeline: the passes behind it would tell the linker how often functions call each
// other, and lld orders functions by that, those too that have no plan.
void drop_entry_count(llvm::Function& function);

} // namespace autopass
