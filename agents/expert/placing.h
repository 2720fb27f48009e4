// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where each lever fits, what it is expected to gain there, and the proposal that it makes.
#pragma once

#include "history.h"
#include "levers.h"

namespace autopass {

struct Placed {
  const Lever* lever;
  std::vector<std::size_t> where; // numbers of subjects, never empty
  double percent;                 // expected, of the whole target
};

class Placing {
public:
  Placing(const SearchState& state, const History& history);

  std::vector<Placed> all() const; // the most promising first
  bool fits(const Lever& lever, std::size_t subject) const;
  Traits has(std::size_t subject) const { return m_traits[subject]; }
  Proposal propose(const Lever& lever, const std::vector<std::size_t>& where, double percent) const;
  // The subject's share of the time, or for inlined callees what their caller suggests.
  double weight(std::size_t subject) const { return m_weights[subject]; }

private:
  Plan plan_of(const Lever& lever, std::size_t subject) const;
  double learned(const Lever& lever) const; // percent, from other levers of its family
  std::string cite(const Lever& lever, std::size_t subject) const;

  const SearchState& m_state;
  std::vector<Traits> m_traits;
  std::vector<double> m_weights;
  std::vector<std::pair<const Lever*, double>> m_lessons; // levers measured alone, and their gain
};

// By the expert, expected to gain so much of the whole target.
Proposal make_proposal(std::vector<FunctionPlan> plans, std::string hypothesis, double percent);
double percent_of(double log_ratio);

// The lever behind plans that hold one element, the same in each function; null for others.
const Lever* only_lever(const std::vector<FunctionPlan>& plans);

} // namespace autopass
