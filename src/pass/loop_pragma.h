// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loops of which the user has said how to transform them. Where that is not done clang owes him a
// warning (-Wpass-failed), an error with -Werror; a plan must neither cause nor hide it.
#pragma once

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Function.h>

namespace autopass {

enum class Pragmas {
  All,
  // "unroll.disable" and the like are left out: in a compile that unrolls nothing (-O1, -fno-unroll-loops) clang
  // writes so on every loop, passes write it on what they have made, and nobody is warned about it.
  Requests,
};

bool has_loop_pragma(const llvm::Loop& loop);
// In the function's own code: those of what it will inline are not seen yet.
bool has_loop_pragma(const llvm::Function& function, Pragmas which);

} // namespace autopass
