// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "settle.h"

#include "minimise.h"
#include "publish.h"

#include <algorithm>

namespace autopass {
namespace {

class Settlement {
public:
  Settlement(const Harness& harness, Journal& journal, SelfTest& self_test, const Basis& basis,
             const Talk& talk)
      : m_harness(harness), m_journal(journal), m_self_test(self_test), m_basis(basis),
        m_talk(talk) {}

  Result<Settled> run(const std::vector<Finalist>& finalists) {
    for (Finalist finalist : finalists) {
      TRY_VOID(drop_unseen(finalist.candidate));
      if (!has_own_plan(finalist.candidate)) {
        continue;
      }
      const std::size_t pairs = pairs_that_fit(m_harness, m_talk.budget.left() * 0.5);
      if (m_settled.not_confirmed > 0 &&
          confirm_seconds(m_harness, pairs) > m_talk.budget.left()) {
        m_settled.notes.push_back("no time was left to confirm another finalist; a larger --budget "
                                  "would allow it");
        break;
      }
      TRY(Confirmation confirmation,
          confirm(m_harness, m_journal, finalist.candidate, "confirm", finalists.size(), pairs,
                  [this](double done) { m_talk.progress("confirm", done); }));
      if (confirmation.holds) {
        TRY_VOID(minimise_and_publish(std::move(finalist), std::move(confirmation),
                                      finalists.size() + 1));
        break;
      }
      ++m_settled.not_confirmed;
      m_settled.notes.push_back("not confirmed: " + finalist.proposal.hypothesis + " (" +
                                confirmation.why_not + ")");
      m_talk.say("not confirmed: " + confirmation.why_not);
    }
    return std::move(m_settled);
  }

private:
  bool has_own_plan(const Candidate& candidate) const {
    return std::any_of(candidate.plans.begin(), candidate.plans.end(),
                       [this](const auto& plan) { return plan.target == m_basis.target.path; });
  }

  Result<void> drop_unseen(Candidate& candidate) {
    if (m_talk.options.trust_unseen) {
      return {};
    }
    std::vector<StoredPlan> kept;
    for (const auto& plan : candidate.plans) {
      const bool ours = plan.target == m_basis.target.path;
      if (ours) {
        TRY(const auto sight, m_self_test.check(plan.fingerprint));
        if (sight != SelfTest::Sight::Seen) {
          m_settled.unseen.insert(plan.fingerprint);
          continue;
        }
      }
      kept.push_back(plan);
    }
    candidate.plans = std::move(kept);
    return {};
  }

  Result<void> minimise_and_publish(Finalist winner, Confirmation confirmation,
                                    std::size_t tries) {
    const std::size_t pairs = pairs_that_fit(m_harness, m_talk.budget.left() * 0.6);
    const double again_seconds = confirm_seconds(m_harness, pairs);
    m_talk.progress("minimise", 0);
    TRY(const Candidate smaller,
        minimise(m_harness, m_journal, winner.candidate, m_talk.budget, again_seconds));
    TRY(const Binary confirmed, m_harness.replica->build(winner.candidate));
    TRY(const Binary reduced, m_harness.replica->build(smaller));
    m_settled.code = confirmed.code;
    if (reduced.code == confirmed.code) {
      winner.candidate = smaller; // what was dropped did nothing: the confirmation stands
    } else if (m_talk.budget.left() > again_seconds) {
      TRY(const Confirmation again,
          confirm(m_harness, m_journal, smaller, "confirm minimised", tries, pairs,
                  [this](double done) { m_talk.progress("confirm minimised", done); }));
      // Taken when it holds in its own right and gives away nothing that counts.
      if (again.holds && again.train.ratio > confirmation.train.ratio * 0.99) {
        winner.candidate = smaller;
        confirmation = again;
        m_settled.code = reduced.code;
      }
    }
    TRY_VOID(m_harness.replica->check_unchanged(winner.candidate));
    TRY_VOID(publish({m_basis.key, m_basis.target.path, winner.candidate, confirmation,
                      winner.proposal, m_settled.code},
                     m_basis.toolchain));
    m_settled.winner = std::move(winner);
    m_settled.confirmation = std::move(confirmation);
    return {};
  }

  const Harness& m_harness;
  Journal& m_journal;
  SelfTest& m_self_test;
  const Basis& m_basis;
  const Talk& m_talk;
  Settled m_settled;
};

} // namespace

Result<Settled> settle(const Harness& harness, Journal& journal, SelfTest& self_test,
                       const Basis& basis, const std::vector<Finalist>& finalists,
                       const Talk& talk) {
  return Settlement(harness, journal, self_test, basis, talk).run(finalists);
}

} // namespace autopass
