// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The published plans that act in a target.
#pragma once

#include "agents/roles.h"
#include "basis.h"
#include "cache/plan_store.h"
#include "harness.h"
#include "subjects.h"

#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct PlansInForce {
  // Of an earlier session of this target: a candidate like others, tried first. It can be the best
  // again.
  std::optional<Proposal> ours;
  // What builds have now: ours, in the contexts that it was confirmed for, and the others'.
  Candidate published;
  // Of other targets: the user's next build has them, so every candidate has them too. One for each
  // function and context, the one that compiles see.
  std::vector<StoredPlan> others;
};

// Why what is published must not stay, whatever the session finds: it does not build, run or print
// what it should on one of the workloads now, or the project forbids one of its functions. Empty: it
// may, or there is nothing of ours.
Result<std::string> refuted(const Harness& harness, const PlansInForce& in_force,
                            const Project& project, const std::string& target);

Result<PlansInForce> plans_in_force(const Basis& basis, const Inspection& inspection);

} // namespace autopass
