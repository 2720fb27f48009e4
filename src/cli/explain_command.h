// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "verbs.h"

namespace autopass {

// What the wrapper would do with `arguments.command`, decided by the wrapper's own code; nothing is
// run and nothing recorded.
Result<int> explain_command(const ExplainArguments& arguments);

} // namespace autopass
