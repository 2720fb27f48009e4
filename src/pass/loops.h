// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compilation.h"
#include "fingerprint.h"

namespace autopass {

// At the start of the vectoriser: puts a plan's hints on the loops that they were made for.
void hint_loops(Compilation& compilation, llvm::Function& function, Fingerprinter& fingerprints);
// Takes away those that nothing came of: before a link that would follow them, or warn, without us.
void forget_hints(Compilation& compilation, llvm::Module& module);

} // namespace autopass
