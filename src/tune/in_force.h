// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The published plans that act in a target.
#pragma once

#include "agents/roles.h"
#include "basis.h"
#include "blame.h"
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
  // What builds have now: ours, in the contexts that it was confirmed for, and the others'. One for each
  // function and context, the one that compiles see.
  Candidate published;
  bool is_withdrawn = false; // `ours` is a candidate then, and nothing to beat
  // What builds have without ours: the plans of other targets that act here. The user's next build has
  // them, so every candidate has them too, and is compared with this: their gain is not ours to claim.
  Candidate others;
};

// Why what is published must not stay, whatever the session finds: a part of it is on the deny list, it does
// not build, run or print what it should on one of the workloads now, or the project forbids one of its functions. A crash, or
// a run that was ended, has to come twice, and stock code to be right between.
struct Refutation {
  std::string why; // empty: it may stay, or there is nothing of ours
  bool is_denied = false; // the rest of it may be tried again
  // Where blame (blame.h) can find which part it is: how it fails, and on which workloads.
  std::optional<Error> failure = {};
  Workloads workloads = {};
};
Result<Refutation> refuted(const Harness& harness, const PlansInForce& in_force,
                           const Project& project, const Denied& denied);

// An Error when the program without plans does not give what it gave at the start: what makes any run fail, memory that is gone
// or a disk that is full, says nothing about plans.
Result<void> stock_is_right(const Harness& harness, const CheckedWorkload& workload);

Result<PlansInForce> plans_in_force(const Basis& basis, const Inspection& inspection);

} // namespace autopass
