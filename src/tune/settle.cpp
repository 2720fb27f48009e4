// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "settle.h"

#include "candidate.h"
#include "minimise.h"
#include "publish.h"
#include "steering.h"

#include <algorithm>
#include <cassert>
#include <deque>
#include <set>

namespace autopass {
namespace {

class Settlement {
public:
  Settlement(const Harness& harness, Journal& journal, SelfTest& self_test, Blame& blame,
             const Basis& basis, const Talk& talk)
      : m_harness(harness), m_journal(journal), m_self_test(self_test), m_blame(blame),
        m_basis(basis), m_talk(talk) {}

  Result<Settled> run(const std::vector<Finalist>& finalists, const PlansInForce& in_force) {
    m_others = in_force.others;
    if (in_force.ours && !in_force.is_withdrawn) {
      m_published = in_force.published;
    }
    std::deque<Finalist> waiting(finalists.begin(), finalists.end());
    while (!waiting.empty()) {
      Finalist finalist = std::move(waiting.front());
      waiting.pop_front();
      TRY_VOID(drop_unseen(finalist.candidate));
      finalist.candidate = with_others(std::move(finalist.candidate), m_others);
      TRY(const bool something, changes_something(finalist.candidate));
      if (!something) {
        continue;
      }
      const std::size_t pairs = pairs_to_confirm(static_cast<double>(waiting.size()));
      if (m_settled.not_confirmed > 0 &&
          confirm_seconds(m_harness, pairs) > m_talk.budget.left()) {
        m_settled.notes.push_back("no time was left to confirm another finalist; a larger --budget "
                                  "would allow it");
        break;
      }
      TRY(Confirmation confirmation,
          confirmed({finalist.candidate, m_others, "confirm", finalists.size(), pairs}, "confirm"));
      TRY(m_settled.code, code_of(finalist.candidate));
      TRY(const bool known, is_published(m_settled.code));
      if (known && !confirmation.holds) {
        TRY_VOID(doubt_published(confirmation));
      } else if (confirmation.holds && !known) {
        TRY_VOID(make_smaller(finalist, confirmation, finalists.size() + 1));
        TRY_VOID(challenge(finalist.candidate, finalists.size(), confirmation));
      }
      if (confirmation.holds) {
        TRY_VOID(publish_winner(std::move(finalist), std::move(confirmation)));
        return std::move(m_settled);
      }
      if (confirmation.wrong) { // what is left of it takes its place, at the same level
        TRY(auto rest, without_culprit(finalist, confirmation.why_not));
        waiting.insert(waiting.begin(), rest.begin(), rest.end());
        if (known && m_published && m_has_culprit) { // a crash that has come again
          TRY_VOID(withdraw_published());
        }
      }
      ++m_settled.not_confirmed;
      m_settled.notes.push_back("not confirmed: " + finalist.proposal.hypothesis + " (" +
                                confirmation.why_not + ")");
      m_talk.say("not confirmed: " + confirmation.why_not);
    }
    if (m_published) {
      m_settled.notes.push_back("what an earlier session has published stays (autopass show)");
    }
    return std::move(m_settled);
  }

private:
  // The rest of the session has to do for those that wait, for what minimising leaves, and for a challenge.
  std::size_t pairs_to_confirm(double waiting) const {
    return pairs_for_one(m_harness, m_talk.budget.left(), waiting + confirmations_to_come(m_published.has_value()));
  }

  Result<Confirmation> confirmed(const Claim& claim, const char* step) {
    TRY(Confirmation found, confirm(m_harness, m_journal, claim,
                                    [&](double done) { m_talk.progress(step, done); }));
    m_settled.samples.insert(m_settled.samples.end(), found.samples.begin(), found.samples.end());
    return found;
  }

  bool has_own_plan(const Candidate& candidate) const {
    return std::any_of(candidate.plans.begin(), candidate.plans.end(),
                       [this](const auto& plan) { return plan.target == m_basis.target.path; });
  }

  // Without what is unseen a finalist may do nothing, or what one before did.
  Result<bool> changes_something(const Candidate& candidate) {
    if (!has_own_plan(candidate) || !m_tried.insert(digest(candidate)).second) {
      return false;
    }
    TRY(const Digest code, code_of(candidate));
    TRY(const Digest without, code_of(m_others));
    return code != without;
  }

  // Profiles stay (steering.h).
  Result<void> drop_unseen(Candidate& candidate) {
    if (m_talk.options.trust_unseen) {
      return {};
    }
    std::vector<StoredPlan> kept;
    for (StoredPlan plan : candidate.plans) {
      const bool ours = plan.target == m_basis.target.path;
      if (ours && !without_steering(plan.plan).empty()) {
        TRY(const auto sight, m_self_test.check(plan.fingerprint));
        if (sight != SelfTest::Sight::Seen) {
          m_settled.unseen.insert(plan.fingerprint);
          plan.plan = steering(plan.plan);
        }
      }
      if (!plan.plan.empty()) {
        kept.push_back(std::move(plan));
      }
    }
    candidate.plans = std::move(kept);
    return {};
  }

  // Nothing: no culprit was found.
  Result<std::vector<Finalist>> without_culprit(Finalist finalist, const std::string& why) {
    const auto denial = m_blame.find(finalist.candidate, {why, {}, wrong_output_reason},
                                     workloads_of(m_harness, true), m_talk.budget.left() / 4);
    m_has_culprit = denial && *denial;
    if (!m_has_culprit) { // to look for it must not cost the other finalists
      return std::vector<Finalist>{};
    }
    const auto taken = m_blame.denied().strip(finalist.candidate, m_basis.target.path);
    if (taken.empty()) {
      return std::vector<Finalist>{};
    }
    static_cast<void>(m_blame.denied().strip(finalist.proposal.plans, m_others));
    finalist.proposal.hypothesis += " (without what was to blame)";
    return std::vector<Finalist>{std::move(finalist)};
  }

  Result<Digest> code_of(const Candidate& candidate) {
    TRY(const Binary binary, m_harness.replica->build(candidate));
    return binary.code;
  }

  Result<bool> is_published(const Digest& code) {
    if (!m_published) {
      return false;
    }
    TRY(const Digest published, code_of(*m_published));
    return code == published;
  }

  // What is published has not been confirmed again. It goes when it is wrong; else it stays, and what shall
  // take its place has to be faster than it, still: that the gain was not seen today does not mean that
  // there is none.
  Result<void> doubt_published(const Confirmation& confirmation) {
    if (!confirmation.wrong || confirmation.failed) {
      m_settled.notes.push_back("what an earlier session has published was not confirmed again "
                                "(autopass verify looks twice, and withdraws what does not hold)");
      return {};
    }
    return withdraw_published();
  }

  // Mostly because of what is published: the challenger has just been confirmed.
  Result<void> challenge_failed(const Error& error, Confirmation& confirmation) {
    const bool crashed = error.reason == "workload-failed";
    if (!crashed && error.reason != "output-varies") {
      return tl::make_unexpected(error);
    }
    for (const CheckedWorkload* workload : workloads_of(m_harness, true)) {
      TRY_VOID(stock_is_right(m_harness, *workload));
    }
    TRY(const auto again, failure_of(m_harness, *m_published, workloads_of(m_harness, true)));
    if (!crashed || again) {
      return withdraw_published(); // nothing is left to beat
    }
    confirmation.holds = false;
    confirmation.why_not = "it could not be compared with what is published: " + error.what;
    return {};
  }

  Result<void> withdraw_published() {
    m_published.reset();
    m_settled.notes.push_back("the plans of an earlier session were withdrawn");
    return withdraw(m_basis.key, m_basis.target.path);
  }

  // Drops what does not pay. The code of what is left is in m_settled.code.
  Result<void> make_smaller(Finalist& winner, Confirmation& confirmation, std::size_t tries) {
    const std::size_t pairs = pairs_to_confirm(0);
    // Kept for a challenge, when there is what to challenge.
    const double kept = m_published ? confirm_seconds(m_harness, least_pairs) : 0;
    const double again_seconds = confirm_seconds(m_harness, pairs);
    m_talk.progress("minimise", 0);
    TRY(const Candidate smaller, minimise(m_harness, m_journal, winner.candidate, m_others,
                                          m_talk.budget, 1.2 * again_seconds + kept));
    TRY(const Digest reduced, code_of(smaller));
    if (reduced == m_settled.code) {
      winner.candidate = smaller; // what was dropped did nothing: the confirmation stands
    } else if (m_talk.budget.left() > again_seconds + kept) {
      TRY(const Confirmation again,
          confirmed({smaller, m_others, "confirm minimised", tries, pairs}, "confirm minimised"));
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
  Result<void> challenge(const Candidate& candidate, std::size_t finalists,
                         Confirmation& confirmation) {
    TRY(const bool known, is_published(m_settled.code));
    if (!m_published || known) {
      return {};
    }
    const std::size_t pairs = pairs_that_fit(m_harness, m_talk.budget.left() * 0.8);
    if (confirm_seconds(m_harness, pairs) > m_talk.budget.left()) {
      confirmation.holds = false;
      confirmation.why_not = "no time was left to compare it with what is published";
      return {};
    }
    const Result<Confirmation> better =
        confirmed({candidate, *m_published, "challenge", finalists, pairs}, "confirm against published");
    if (!better) {
      return challenge_failed(better.error(), confirmation);
    }
    if (!better->holds) {
      confirmation.holds = false;
      confirmation.why_not = "not better than what is published: " + better->why_not;
    }
    return {};
  }

  Result<void> publish_winner(Finalist winner, Confirmation confirmation) {
    assert(has_own_plan(winner.candidate));
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
  Blame& m_blame;
  const Basis& m_basis;
  const Talk& m_talk;
  Candidate m_others; // what builds have without ours: what a winner has to beat
  std::optional<Candidate> m_published; // and what it has to beat besides
  std::set<Digest> m_tried;
  bool m_has_culprit = false; // the last that was looked for
  Settled m_settled;
};

} // namespace

Result<Settled> settle(const Harness& harness, Journal& journal, SelfTest& self_test, Blame& blame,
                       const Basis& basis, const std::vector<Finalist>& finalists,
                       const PlansInForce& in_force, const Talk& talk) {
  return Settlement(harness, journal, self_test, blame, basis, talk).run(finalists, in_force);
}

} // namespace autopass
