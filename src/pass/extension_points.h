// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compilation.h"

#include <llvm/Passes/PassBuilder.h>

namespace autopass {

// Has the pipelines of planned functions run where they belong.
void follow_pipelines(llvm::PassBuilder& builder, const std::shared_ptr<Compilation>& compilation);

} // namespace autopass
