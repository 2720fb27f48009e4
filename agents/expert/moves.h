// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expert's moves: each makes a list of proposals from the state and the history, the most
// promising first. What was tried before is filtered by the caller.
#pragma once

#include "history.h"
#include "placing.h"

namespace autopass {

class Moves {
public:
  Moves(const SearchState& state, const History& history);

  std::vector<Proposal> profiles() const; // what was counted, in all functions or in the hottest
  std::vector<Proposal> singles() const; // one lever on every function that it fits
  std::vector<Proposal> edits() const;   // passes inserted into one function, polly
  std::vector<Proposal> calls() const;   // calls of one callee inlined, or kept
  std::vector<Proposal> splits() const;  // a winner on one of its functions, on one of its loops
  std::vector<Proposal> combinations() const; // winners joined, best first
  std::vector<Proposal> relieved() const; // a join that is slower than a part of it, without one of the rest
  std::vector<Proposal> neighbours() const;   // the next values of the best candidate's numbers
  std::vector<Proposal> unhidden() const;     // levers on a kernel that is kept out of its caller
  std::vector<Proposal> on_top() const;       // the best candidate with one more lever
  std::vector<Proposal> one_function() const; // one lever on one hot function

private:
  // On top of the best profile, when there is one that wins.
  Proposal on_profile(Proposal proposal, double percent) const;
  std::optional<Proposal> joined(const Known& base, const Proposal& more, double percent) const;

  const SearchState& m_state;
  const History& m_history;
  Placing m_placing;
};

// True when both say something else about the same thing, or pull one family both ways.
bool in_conflict(const std::vector<FunctionPlan>& left, const std::vector<FunctionPlan>& right);
std::vector<FunctionPlan> join_plans(const std::vector<FunctionPlan>& base,
                                     const std::vector<FunctionPlan>& over);

} // namespace autopass
