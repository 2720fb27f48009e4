// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// While plans are at work: whatever ends or stalls the compile ends in start_again().
#pragma once

#include <llvm/IR/Module.h>

namespace autopass {

// Handlers for crashes, LLVM's fatal errors and exhausted memory, and limits on time and memory. How
// much? docs/decisions.md (2026-11-28) tells why so. False: not all of it could be set up.
bool enter_guard(const llvm::Module& module);
// The handlers alone, without the limits: for a link, whose size is not known. The other stack is the calling thread's.
bool catch_crashes();
// Limits and handlers of signals as they were before. Safe in a signal handler.
void leave_guard();

} // namespace autopass
