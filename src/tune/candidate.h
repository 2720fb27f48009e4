// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From what an agent proposes to what is built, and a candidate seen as pieces that can be left out.
#pragma once

#include "agents/roles.h"
#include "build/replay.h"

#include <string>
#include <vector>

namespace autopass {

// The plans of a proposal as the store would hold them: for each context in which one of `functions`,
// those of the target, is compiled; and the `others` that builds have anyway, where it has none.
Candidate to_candidate(const Proposal& proposal, const std::vector<FunctionEvidence>& functions,
                       const std::string& target, const Candidate& others);
// By function and context, as a Candidate wants it.
void sort_plans(Candidate& candidate);
bool same_place(const StoredPlan& one, const StoredPlan& other); // function and context
// And those of `others`, for functions and contexts that the candidate has no plan for.
Candidate with_others(Candidate candidate, const Candidate& others);

// What measurements of the one with the other as baseline are kept under.
std::string named(const Candidate& candidate, const Candidate& against);

// One element of the plan of one function, in whatever contexts.
struct Piece {
  Digest function;
  Plan element;
  auto operator<=>(const Piece&) const = default;
};

// Function by function, each piece once.
std::vector<Piece> pieces_of(const Candidate& candidate);
// The candidate with these pieces and no others; plans with nothing left are gone.
Candidate only(const Candidate& candidate, const std::vector<Piece>& kept);

Candidate without(const Candidate& candidate, const Piece& piece);

} // namespace autopass
