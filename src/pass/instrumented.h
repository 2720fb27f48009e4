// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Code that the compiler writes beside the user's, or will write: what is measured or checked there is
// not what a plan was made for.
#pragma once

#include "compile_settings.h"

#include <llvm/IR/Module.h>

namespace autopass {

// Profiles and coverage: -fprofile-generate, -fprofile-instr-generate, --coverage.
bool is_instrumented(const llvm::Module& module, const CompileSettings& settings);
// -pg, -finstrument-functions, -fxray-instrument.
bool is_instrumented(const llvm::Function& function);
// By a sanitizer that marks functions, or, like -fsanitize=undefined, its own instructions.
bool is_sanitized(const llvm::Function& function);

} // namespace autopass
