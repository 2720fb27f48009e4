// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expert's moves: each makes a list of proposals from the state and the history, the most
// promising first. What was tried before is filtered by the caller.
#pragma once

#include "history.h"
#include "rules.h"

namespace autopass {

class Moves {
public:
  Moves(const SearchState& state, const History& history);

  std::vector<Proposal> singles() const; // one lever on every function that it fits
  std::vector<Proposal> splits() const;  // a winner on one of its functions, on one of its loops
  std::vector<Proposal> combinations() const; // winners joined, best first
  std::vector<Proposal> neighbours() const;   // the next values of the best candidate's numbers
  std::vector<Proposal> unhidden() const;     // levers on a kernel that is kept out of its caller
  std::vector<Proposal> on_top() const;       // the best candidate with one more lever
  std::vector<Proposal> one_function() const; // one lever on one hot function

private:
  struct Placed; // a lever, where it fits and what it is expected to gain
  bool fits(const Lever& lever, std::size_t subject, Traits bits) const;
  Plan plan_of(const Lever& lever, std::size_t subject) const;
  double learned(const Lever& lever) const; // percent, from other levers of its family
  std::vector<Placed> placed() const;
  Proposal propose(const Lever& lever, const std::vector<std::size_t>& where, double percent) const;
  std::string cite(const Lever& lever, std::size_t subject) const;
  std::optional<Proposal> joined(const Known& base, const Proposal& more, double percent) const;

  const SearchState& m_state;
  const History& m_history;
  std::vector<Traits> m_traits;
  std::vector<double> m_weights; // share, or for inlined callees what their caller suggests
  std::vector<std::pair<const Lever*, double>> m_lessons; // levers measured alone, and their gain
};

// True when both say something else about the same thing, or pull one family both ways.
bool in_conflict(const std::vector<FunctionPlan>& left, const std::vector<FunctionPlan>& right);
// The lever behind plans that hold one element, the same in each function; null for others.
const Lever* only_lever(const std::vector<FunctionPlan>& plans);
std::vector<FunctionPlan> join_plans(const std::vector<FunctionPlan>& base,
                                     const std::vector<FunctionPlan>& over);

} // namespace autopass
