// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lets a compile with plans fail, so that tests can see what becomes of it:
//
//   -mllvm -autopass-plant=FAILURE[:PLACE]
//
// Failures: segv, abort, stack, fatal, error, loop, sleep, memory, and of the postconditions verifier,
// attribute, symbol, call. Places: pipeline (the end of the IR's; the default), emission (a planned
// function comes to the back end), written (the object is), exit (clang is done).
#pragma once

#include "applied_plan.h"

#include <llvm/IR/Module.h>

namespace autopass {

enum class Place { Pipeline, Emission, Written, Exit };

bool is_planted(Place place);
// Fails now, if that is what is asked for.
void fail_if_planted(Place place, llvm::Module& module, const AppliedPlans& plans);
// Of the failures that need no module.
void fail_at_exit_if_planted();

} // namespace autopass
