// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stands between a proposal and its build: it is repaired, what is on the deny list is taken out, and
// what was built before is not built again.
#pragma once

#include "denied.h"
#include "search.h"

#include <deque>
#include <optional>
#include <set>
#include <vector>

namespace autopass {

struct Ready {
  Proposal proposal;
  Candidate candidate;
};

class Intake {
public:
  // All that is referred to must outlive it. What is turned down goes to `outcome`.
  Intake(const Inspection& inspection, const Denied& denied, const SearchOptions& options,
         SearchOutcome& outcome);
  void add(const std::vector<Proposal>& batch);
  void add_first(Proposal proposal) { m_waiting.push_front(std::move(proposal)); }
  // Nothing: there is none left.
  std::optional<Ready> next();
  bool is_denied(const Proposal& proposal) const;

private:
  std::optional<Proposal> without_denied(Proposal proposal);

  const Inspection& m_inspection;
  const Denied& m_denied;
  const SearchOptions& m_options;
  SearchOutcome& m_outcome;
  std::vector<FunctionPlan> m_counted; // what may have a profile
  std::deque<Proposal> m_waiting;
  std::set<Digest> m_seen;
};

} // namespace autopass
