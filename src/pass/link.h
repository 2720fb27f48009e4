// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "util/hash.h"

#include <llvm/Passes/PassBuilder.h>

#include <optional>

namespace autopass {

// Set by the wrapper for a linker that loads us: the slice. The linker knows none of our options, it
// reads its command before it loads plugins.
std::optional<Digest> slice_of_link();
// In a link-time optimisation, once for each of its back ends: threads of one process.
void register_link(llvm::PassBuilder& builder, const Digest& slice);

} // namespace autopass
