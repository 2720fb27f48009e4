// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compilation.h"

#include <llvm/IR/PassInstrumentation.h>

namespace autopass {

// Sets a plan's parameters around the passes of its function, and notes which passes ran.
void follow_passes(llvm::PassInstrumentationCallbacks& callbacks,
                   std::shared_ptr<Compilation> compilation);

} // namespace autopass
