// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A compile with plans that fails is started anew, in the same process and without plans, so that
// nothing that a plan does can cost the user his object. second_start.cpp tells how.
#pragma once

#include "cache/function_counts.h"
#include "cache/records.h"

#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/IR/Module.h>

#include <optional>
#include <string_view>

namespace autopass {

// To be called first of all: from here on a second start may say something again.
void resume_second_start();

// To be called before anything of the module is changed, and to be obeyed. Nothing: go on with the
// plans; whatever fails from here on is caught. A reason: go on without them, because it could not be,
// or, in a second start, because of what the first has failed by.
std::optional<FunctionCount> protect_compile(const llvm::Module& module);

// The same for a link, which begins again after a crash or a fatal error, and of whose output nothing is written by then.
// What an earlier start has failed by, to be asked first of all.
std::optional<FunctionCount> link_failure();
// Before anything that is noted on a function is done; false: it could not begin again.
bool protect_link();

// What has become of the functions: written to the spool, when the compile has come to its end.
void append_when_done(const PluginRecord& record);

// Whether what `say` does makes this start say something. In a link, whose words are not held back, it is not done,
// and would.
bool would_be_said(llvm::function_ref<void()> say);

// Ends this start, with a word about why for those who asked (-autopass-verdict). May be called in a
// signal handler.
[[noreturn]] void start_again(FunctionCount reason, std::string_view why);

} // namespace autopass
