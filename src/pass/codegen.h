// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compilation.h"

namespace autopass {

// Makes the code generation that follows act for this compilation; null: for none.
void follow_codegen(const std::shared_ptr<Compilation>& compilation);

} // namespace autopass
