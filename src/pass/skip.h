// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compilation.h"

#include <llvm/IR/PassInstrumentation.h>

namespace autopass {

// Leaves out the IR passes that a function's plan skips.
void skip_passes(llvm::PassInstrumentationCallbacks& callbacks,
                 std::shared_ptr<Compilation> compilation);

} // namespace autopass
