// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "cache/function_counts.h"

#include <llvm/IR/Function.h>

#include <optional>
#include <set>

namespace autopass {

using FunctionSet = std::set<const llvm::Function*>;

// Those that the source excludes: __attribute__((annotate("autopass:off"))).
FunctionSet switched_off(const llvm::Module& module);
// Why a function is none of our business, if so; `off` are those.
std::optional<FunctionCount> excluded(const llvm::Function& function, const FunctionSet& off);
// Whether the back end can have words about it that depend on what passes have done: a call that the source forbids, and
// that was found to be dead; a label in assembly, which is there twice when its function is inlined; a limit on the frame. A
// compile that meets it begins again (diagnostics.h); a link could not, because what has brought it about is in the
// bitcode.
bool may_be_diagnosed(const llvm::Function& function);

} // namespace autopass
