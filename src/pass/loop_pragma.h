// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loops of which the user has said how to transform them. Where that is not done clang owes him a
// warning (-Wpass-failed), an error with -Werror; a plan must neither cause nor hide it.
#pragma once

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Function.h>

namespace autopass {

bool has_loop_pragma(const llvm::Loop& loop);
// In the function's own code: those of what it will inline are not seen yet. Of a compile that
// unrolls nothing (-O1, -fno-unroll-loops) clang writes so on every loop: that is nobody's pragma.
bool has_loop_pragma(const llvm::Function& function, bool compile_unrolls);

} // namespace autopass
