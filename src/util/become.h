// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a fresh child does before it is the program: limits, core, files, and the sandbox where there is one.
#pragma once

#include "sandbox_enter.h"
#include "start_failure.h"

#include <sys/types.h>

namespace autopass {

// In the child, with async-signal-safe calls alone; returns only when something failed. `output` and `errors` become its
// streams, `parent` is who forked it; `entry` is null without a sandbox, and `reports` goes to enter().
StartFailure become(const Command& command, char* const* argv, char* const* environment, int output,
                    int errors, pid_t parent, const SandboxEntry* entry, int reports);

} // namespace autopass
