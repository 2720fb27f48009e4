// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The plans of other targets that act in this one, because they have a function in common. Their session has checked
// them in its own program, with its own workloads; in this one nobody has yet.
#pragma once

#include "basis.h"
#include "blame.h"
#include "in_force.h"
#include "talk.h"

#include <string>
#include <vector>

namespace autopass {

// Withdraws the plans of each target that make this one wrong, or fail to compile, once it is known what is to blame, which
// goes on the deny list; says so in the notes that it returns. `in_force` is then what is left, which is suspected last. Spends at most a quarter of what
// is left of the budget. An Error, with the failure's reason, when the program still fails with them after that.
Result<std::vector<std::string>> withdraw_wrong_others(const Harness& harness, const Basis& basis,
                                                       const Inspection& inspection, Blame& blame,
                                                       PlansInForce& in_force, const Talk& talk);

} // namespace autopass
