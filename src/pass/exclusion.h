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

} // namespace autopass
