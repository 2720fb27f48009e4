// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The life of the first process of a sandbox.
#pragma once

#include "sandbox_enter.h"

#include <sys/types.h>

namespace autopass {

// Reaps what ends until `program` has, or all of them together are over a limit; then ends the rest, reports,
// and does not return. `proc` is the namespace's own /proc; -1: nothing can be counted.
[[noreturn]] void keep_watch(const SandboxEntry& entry, pid_t program, int proc, int reports);

} // namespace autopass
