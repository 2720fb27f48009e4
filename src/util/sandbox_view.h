// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a program in a sandbox sees.
#pragma once

#include "sandbox_enter.h"

namespace autopass {

// Called between fork and exec. The descriptor of the folder's copy, or -1 with errno.
int enter_view(const SandboxEntry& entry);

} // namespace autopass
