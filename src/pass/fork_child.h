// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What makes the child of a fork safe to fail: its own limits and handlers, and a note to its parent.
#pragma once

#include "cache/function_counts.h"

#include <llvm/IR/Module.h>

#include <atomic>
#include <cstddef>
#include <string_view>
#include <sys/resource.h>
#include <sys/types.h>

namespace autopass {

// In memory that both share. Written by the child, read by its parent when it is over.
struct ChildNote {
  std::atomic<bool> failed;
  FunctionCount reason;
  char why[512];
  std::size_t record_size; // of the record for the spool; 0: none
  char record[1 << 20];    // what is not used costs no memory
};

struct ChildLimits {
  rlim_t cpu_seconds;
  rlim_t address_space;
};
// How long may it take? docs/decisions.md (2026-11-28) tells why so.
ChildLimits child_limits(const llvm::Module& module);

// The signal by which a parent ends its child, and the kernel, should the parent be gone: the child
// removes what it has written, as clang does, and is no more.
int child_end_signal();
// False: it cannot be made safe.
bool become_child(ChildNote& note, const ChildLimits& limits, pid_t parent);
[[noreturn]] void end_child(FunctionCount reason, std::string_view why);

} // namespace autopass
