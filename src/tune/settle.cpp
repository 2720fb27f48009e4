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

  Result<Settled> run(const SearchOutcome& found) {
    const auto& finalists = found.finalists;
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
          confirm(m_harness, m_journal, {finalist.candidate, {}, "confirm", finalists.size(), pairs},
                  [this](double done) { m_talk.progress("confirm", done); }));
      TRY(m_settled.code, code_of(finalist.candidate));
      TRY(const Digest published, found.incumbent ? code_of(*found.incumbent) : Digest{});
      if (confirmation.holds && m_settled.code != published) {
        TRY_VOID(make_smaller(finalist, confirmation, finalists.size() + 1));
        if (found.incumbent && m_settled.code != published) {
          TRY_VOID(challenge(finalist.candidate, *found.incumbent, finalists.size(), confirmation));
        }
      }
      if (confirmation.holds) {
        TRY_VOID(publish_winner(std::move(finalist), std::move(confirmation)));
        return std::move(m_settled);
      }
      ++m_settled.not_confirmed;
      m_settled.notes.push_back("not confirmed: " + finalist.proposal.hypothesis + " (" +
                                confirmation.why_not + ")");
      m_talk.say("not confirmed: " + confirmation.why_not);
    }
    if (found.incumbent) {
      m_settled.notes.push_back("what an earlier session has published stays (autopass show)");
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

  Result<Digest> code_of(const Candidate& candidate) {
    TRY(const Binary binary, m_harness.replica->build(candidate));
    return binary.code;
  }

  // Drops what does not pay. The code of what is left is in m_settled.code.
  Result<void> make_smaller(Finalist& winner, Confirmation& confirmation, std::size_t tries) {
    const std::size_t pairs = pairs_that_fit(m_harness, m_talk.budget.left() * 0.6);
    const double again_seconds = confirm_seconds(m_harness, pairs);
    m_talk.progress("minimise", 0);
    TRY(const Candidate smaller,
        minimise(m_harness, m_journal, winner.candidate, m_talk.budget, again_seconds));
    TRY(const Digest reduced, code_of(smaller));
    if (reduced == m_settled.code) {
      winner.candidate = smaller; // what was dropped did nothing: the confirmation stands
    } else if (m_talk.budget.left() > again_seconds) {
      TRY(const Confirmation again,
          confirm(m_harness, m_journal, {smaller, {}, "confirm minimised", tries, pairs},
                  [this](double done) { m_talk.progress("confirm minimised", done); }));
      // Taken when it holds in its own right and gives away nothing that counts.
      if (again.holds && again.train.ratio > confirmation.train.ratio * 0.99) {
        winner.candidate = smaller;
        confirmation = again;
        m_settled.code = reduced;
      }
    }
    return {};
  }

  // Withdraws the confirmation when what is published may be as good.
  Result<void> challenge(const Candidate& candidate, const Candidate& incumbent,
                         std::size_t finalists, Confirmation& confirmation) {
    const std::size_t pairs = pairs_that_fit(m_harness, m_talk.budget.left() * 0.8);
    if (confirm_seconds(m_harness, pairs) > m_talk.budget.left()) {
      confirmation.holds = false;
      confirmation.why_not = "no time was left to compare it with what is published";
      return {};
    }
    TRY(const Confirmation better,
        confirm(m_harness, m_journal, {candidate, incumbent, "challenge", finalists, pairs},
                [this](double done) { m_talk.progress("confirm against published", done); }));
    if (!better.holds) {
      confirmation.holds = false;
      confirmation.why_not = "not better than what is published: " + better.why_not;
    }
    return {};
  }

  Result<void> publish_winner(Finalist winner, Confirmation confirmation) {
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
                       const Basis& basis, const SearchOutcome& found, const Talk& talk) {
  return Settlement(harness, journal, self_test, basis, talk).run(found);
}

} // namespace autopass
