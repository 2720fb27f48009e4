// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One build that counts its branches, one run of each train workload: what the plans' profiles say.
#pragma once

#include "agents/counts.h"
#include "budget.h"
#include "harness.h"

#include <string>
#include <vector>

namespace autopass {

struct Counted {
  std::vector<BranchCounts> functions; // the hottest first
  std::string why_not;                 // a reason, when there are none
};

// Trouble of any kind costs the profile, not the session. Reasons: those of Replica::build_counting(),
// no-time-to-count, counting-run-failed, counting-changed-output, nothing-counted.
Counted count_branches(const Harness& harness, const Budget& budget);

} // namespace autopass
