// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Drops from a confirmed candidate every element that does not pay: first those without which the
// machine code is the same, then, while time lasts, those whose loss does not cost half a percent.
// The result is another candidate: it has to be confirmed in its turn.
#pragma once

#include "budget.h"
#include "harness.h"
#include "journal.h"

#include <functional>

namespace autopass {

// `others`: what builds have anyway; the code of that, too, is never the result. `until`: seconds of the
// budget that must be left when it stops measuring.
Result<Candidate> minimise(const Harness& harness, Journal& journal, const Candidate& candidate,
                           const Candidate& others, const Budget& budget, double until);

} // namespace autopass
