// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What pass instrumentation hands us: a piece of IR of unknown size.
#pragma once

#include <llvm/ADT/Any.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/IR/Function.h>

#include <vector>

namespace autopass {

// The one function that a pass is about to work on; null for a module or a call-graph cycle.
const llvm::Function* function_of(const llvm::Any& unit);
bool is_component(const llvm::Any& unit); // of the call graph
// All functions that it may change; none for a module: then it may be any.
std::vector<const llvm::Function*> functions_of(const llvm::Any& unit);
// Null when it is nothing that we know.
const llvm::Module* module_of(const llvm::Any& unit);
// True for what only runs other passes.
bool is_manager(llvm::StringRef pass);

} // namespace autopass
