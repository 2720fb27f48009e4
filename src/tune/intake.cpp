// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "intake.h"

#include "util/text.h"

#include <utility>

namespace autopass {

Intake::Intake(const Inspection& inspection, const Denied& denied, const SearchOptions& options,
               SearchOutcome& outcome)
    : m_inspection(inspection), m_denied(denied), m_options(options), m_outcome(outcome),
      m_counted(inspection.profiles) {
  if (options.incumbent) { // which was counted in a session before
    const auto& plans = options.incumbent->plans;
    m_counted.insert(m_counted.end(), plans.begin(), plans.end());
  }
}

void Intake::add(const std::vector<Proposal>& batch) {
  for (const Proposal& proposal : batch) {
    ++m_outcome.agents[proposal.agent];
    m_waiting.push_back(proposal);
  }
}

std::optional<Ready> Intake::next() {
  while (!m_waiting.empty()) {
    const Proposal proposal = std::move(m_waiting.front());
    m_waiting.pop_front();
    auto repaired = repair(proposal, m_inspection.subjects, m_counted);
    if (!repaired) {
      m_outcome.reject(proposal, Verdict::Invalid, repaired.error().what);
      continue;
    }
    auto allowed = without_denied(std::move(repaired->proposal));
    if (!allowed) {
      continue;
    }
    auto candidate =
        to_candidate(*allowed, m_inspection.functions, m_options.target, m_options.others);
    if (m_seen.insert(digest(candidate)).second) {
      return Ready{std::move(*allowed), std::move(candidate)};
    }
    m_outcome.reject(*allowed, Verdict::NoDifference, "proposed before");
  }
  return std::nullopt;
}

bool Intake::is_denied(const Proposal& proposal) const {
  auto plans = proposal.plans;
  return !m_denied.strip(plans, m_options.others).empty();
}

// Nothing: all of it is denied.
std::optional<Proposal> Intake::without_denied(Proposal proposal) {
  const Proposal proposed = proposal;
  const auto taken = m_denied.strip(proposal.plans, m_options.others);
  if (taken.empty()) {
    return proposal;
  }
  ++m_outcome.rejected[denied_reason];
  if (proposal.plans.empty()) {
    m_outcome.trials.push_back(
        {proposed, Verdict::Invalid, {}, std::string(denied_reason) + ": " + taken.front()});
    return std::nullopt;
  }
  proposal.hypothesis += " (without what is denied: " + join(taken, "; ") + ")";
  return proposal;
}

} // namespace autopass
