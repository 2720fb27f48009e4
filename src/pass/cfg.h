// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The places in a function where control, or a value, goes one of several ways, as a profile numbers
// them: terminators with more than one successor, and selects with a scalar condition, in the order of
// blocks and instructions of the front end's IR.
#pragma once

#include "util/hash.h"

#include <llvm/IR/Function.h>
#include <llvm/IR/Instructions.h>

#include <vector>

namespace autopass {

std::vector<llvm::Instruction*> branch_points(llvm::Function& function);
// How many ways lead on from a branch point.
unsigned ways(const llvm::Instruction& point);

// Of the control-flow graph: blocks by number, what leads from each to which, selects where they stand.
Digest cfg_hash(llvm::Function& function);

} // namespace autopass
