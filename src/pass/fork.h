// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A compile with plans happens in a child process, so that nothing that a plan does can cost the user
// his object. fork.cpp tells how.
#pragma once

#include "cache/function_counts.h"
#include "cache/records.h"

#include <llvm/IR/Module.h>

#include <optional>
#include <string_view>

namespace autopass {

// To be called before anything of the module is changed, and to be obeyed. Nothing: go on with the
// plans, which is said to the child alone. A reason: go on without them, as if there were none. That
// is said when there is no child to be had, and in the parent when the child has failed. When it has
// succeeded this does not return: then the compile is over.
std::optional<FunctionCount> fork_for_plans(const llvm::Module& module);

// What has become of the functions: written to the spool, by the child when it has succeeded.
void append_when_done(const PluginRecord& record);

// In a child: the end of it, with a word about why for those who asked (-autopass-verdict).
[[noreturn]] void give_plans_up(FunctionCount reason, std::string_view why);

} // namespace autopass
