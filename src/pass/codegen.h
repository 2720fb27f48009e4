// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compilation.h"

namespace autopass {

// Whether the back end takes each function through all of its passes before the next. Where a pass over the whole
// module stands between them, as for most targets, every function has passed the head before one is selected, and the
// last one's settings are in force for all.
bool codegen_goes_by_function(const llvm::Module& module);

// Makes the code generation that follows act for this compilation; null: for none.
void follow_codegen(const std::shared_ptr<Compilation>& compilation);

} // namespace autopass
