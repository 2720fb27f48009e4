// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Has a program count how often each branch goes which way: the numbers behind `profile` elements of plans.
#pragma once

#include "util/hash.h"

#include <llvm/IR/Module.h>

#include <string>
#include <vector>

namespace autopass {

struct Countable {
  llvm::Function* function;
  Digest fingerprint, context;
};

// Puts counters into the functions, writes FILE (which counter is what; agents/counts.h reads it) and
// FILE.counts, which the program maps when it starts. False, and nothing is done, where no function can
// be counted or the program's machine is not one that this is written for.
bool count_branches(llvm::Module& module, const std::vector<Countable>& functions,
                    const std::string& file);

} // namespace autopass
