// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <llvm/IR/Function.h>

#include <string>

namespace autopass {

// Breaks a function on purpose; false when it has no place for this mutation, or there is none of
// this name, and nothing was changed.
bool mutate(llvm::Function& function, const std::string& mutation);

} // namespace autopass
