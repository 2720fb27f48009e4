// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compilation.h"
#include "fingerprint.h"

namespace autopass {

// At the start of the vectoriser: puts a plan's hints on the loops that they were made for.
void hint_loops(Compilation& compilation, llvm::Function& function, Fingerprinter& fingerprints);

} // namespace autopass
