// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compilation.h"
#include "fingerprint.h"

namespace autopass {

// Asking for vectorisation, or for a width, takes the guard against reordering for granted.
bool asks_for_width(const Setting& setting);
// At the start of the vectoriser: puts a plan's hints on the loops that they were made for.
void hint_loops(Compilation& compilation, llvm::Function& function, Fingerprinter& fingerprints);
void hint_loops(Compilation& compilation, llvm::Function& function, const std::vector<LoopHint>& hints,
                bool may_ask_for_width, Fingerprinter& fingerprints);
// Takes back those of our hints that were not followed and still ask for something: another pipeline that finds
// them would warn of them, or follow them under other rules.
void drop_open_hints(const Compilation& compilation, llvm::Module& module);

} // namespace autopass
