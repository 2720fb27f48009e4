// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "plan/plan.h"

#include <llvm/IR/Function.h>

#include <vector>

namespace autopass {

// Writes a plan's attributes on the function; what contradicts the source's own is left out.
void set_attributes(llvm::Function& function, const std::vector<Setting>& attributes);

// Those that a caller takes over when it inlines the function; to be written when no more is inlined.
void set_late_attributes(llvm::Function& function, const std::vector<Setting>& attributes);

// Unless the source wants it inlined in any case.
void keep_out_of_line(llvm::Function& function);

} // namespace autopass
