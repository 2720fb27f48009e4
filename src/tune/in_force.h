// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The published plans that act in a target.
#pragma once

#include "agents/roles.h"
#include "basis.h"
#include "cache/plan_store.h"
#include "subjects.h"

#include <optional>
#include <vector>

namespace autopass {

struct PlansInForce {
  // Of an earlier session of this target: a candidate like others, tried first, so that what is
  // published next has had to do better.
  std::optional<Proposal> ours;
  // Of other targets: the user's next build has them, so every candidate has them too.
  std::vector<StoredPlan> others;
};

Result<PlansInForce> plans_in_force(const Basis& basis, const Inspection& inspection);

} // namespace autopass
