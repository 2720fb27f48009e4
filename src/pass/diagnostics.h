// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Listens to the compiler's diagnostics: what RemarkLog wants goes into the evidence, the user
// sees exactly what he would see without us.
#pragma once

#include "compilation.h"

#include <llvm/IR/LLVMContext.h>

namespace autopass {

// Puts the listener in front of the context's handler.
void listen(llvm::LLVMContext& context, std::shared_ptr<Compilation> compilation);

} // namespace autopass
