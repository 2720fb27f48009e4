// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <llvm/Passes/PassBuilder.h>

namespace autopass {

// True when the linker has loaded us.
bool is_link();
// Has what compiles have noted on their functions (lto.h) done to one module of a link.
void follow_link(llvm::PassBuilder& builder, llvm::PassInstrumentationCallbacks& callbacks);

} // namespace autopass
