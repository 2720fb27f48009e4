// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Listens to the compiler's diagnostics: what RemarkLog wants goes into the evidence, the user
// sees exactly what he would see without us: a warning or an error that a plan may be behind begins the
// compile again (second_start.h).
#pragma once

#include "compilation.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include <functional>

namespace autopass {

// Whether a plan may have a say in what becomes of a function; null asks for any function at all.
using IsPlanned = std::function<bool(const llvm::Function*)>;
// Functions with a plan, and those that one of them could be inlined into, as the module is now.
IsPlanned planned_or_around(const llvm::Module& module, const AppliedPlans& plans);

// Who drops the remarks that nobody has asked for: the handler, as clang has it, or the context, as lld has it.
enum class Filtering { ByHandler, ByContext };
// Puts the listener in front of the context's handler.
void listen(llvm::LLVMContext& context, std::shared_ptr<Compilation> compilation, IsPlanned is_planned,
            Filtering filtering);

} // namespace autopass
