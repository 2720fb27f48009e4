// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// While plans are at work: whatever ends or stalls the compile ends in start_again().
#pragma once

#include <llvm/IR/Module.h>

namespace autopass {

// Handlers for crashes, LLVM's fatal errors and exhausted memory, and limits on time and memory. How
// much? docs/decisions.md (2026-11-28) tells why so. False: not all of it could be set up.
bool enter_guard(const llvm::Module& module);
// For a link: without limits, because its size is not known, and without a stack for the handlers, which each of its
// threads asks for: where one has none, no overflow of its own stack is caught.
bool enter_link_guard();
bool use_another_stack();
// Limits and handlers of signals as they were before. Safe in a signal handler.
void leave_guard();
// Before an exec, which takes away the handlers and the timer: until then another thread may need them.
void leave_guard_to_exec();

} // namespace autopass
