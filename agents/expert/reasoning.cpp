// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expert's Reasoning: a portfolio ordered by evidence, then a climb. It keeps nothing between
// calls but what it has already handed out; everything else is computed from the trials, so that an
// interrupted session goes on where it was, and the same trials give the same proposals.
//
//   0 profiles       which way branches went, before anything else: the lever that real programs gain most
//                    by. Where it wins, every lever below is tried on top of it
//   1 singles        each lever on every function it fits; with them passes inserted, polly, and
//                    decisions on calls: the most promising first, until half of the trials that
//                    the budget affords are spent; outcomes reorder the rest
//   2 combinations   winners joined with the best; always measured, joined gains seldom add up;
//                    half of a batch as long as the next have something
//   3 relieved       a join that is slower than a part of it, without one of what the part does not have
//     splits         a winner on one of its functions alone
//     neighbours     unroll 4 won: 3, 6, 2, 8 ...
//     unhidden       levers on a kernel that `noinline` keeps out of its caller
//   4 the other singles, the best with one more lever, levers on single functions
//
// The session measures the best once more by itself, so nothing is proposed twice here.
// A trial may change what any of these lists holds, so each call starts from the top and takes the
// first few proposals that are new. It ends because every list is finite and nothing is handed out
// twice. Cost: levers x functions x trials, at most a few milliseconds; on top of a profile that wins, each
// proposal is a copy of all its weights.
#include "agents/roles.h"
#include "moves.h"

#include <algorithm>
#include <set>
#include <utility>

namespace autopass {

namespace {

constexpr std::size_t most_trials = 600;
constexpr double many_trials = 40; // enough for large batches
constexpr std::size_t least_singles = 6;

class ExpertReasoning final : public Reasoning {
public:
  std::string name() const override { return "expert"; }

  Result<std::vector<Proposal>> propose(const SearchState& state) override {
    m_batch.clear();
    if (state.subjects.empty() || state.seconds_left <= 0 || state.trials.size() >= most_trials) {
      return m_batch;
    }
    const History history(state);
    const Moves moves(state, history);
    const double left = state.seconds_left / std::max(state.trial_seconds, 0.001);
    const double affordable = static_cast<double>(history.measured()) + left;
    m_most = affordable >= many_trials ? 8 : 4;

    // Half of what can be measured goes into looking, the rest into building on what was found.
    const auto looking =
        std::max<std::size_t>(least_singles, static_cast<std::size_t>(affordable / 2));
    if (m_handed_out.empty() && !history.knows_profiles()) { // the rest of them when this many are known
      take(moves.profiles(), history, affordable < many_trials ? 1 : 2);
    }
    if (m_batch.empty() && history.measured() < looking) {
      take(first_tries(moves), history);
    }
    if (m_batch.empty()) {
      // Each measured join is a winner to join again: unbounded, no step would have its turn.
      take(moves.profiles(), history, 1);
      take(moves.combinations(), history, m_most / 2);
      take(moves.relieved(), history, m_most * 3 / 4);
      take(moves.splits(), history, m_most * 3 / 4);
      take(moves.neighbours(), history);
      take(moves.unhidden(), history);
      take(moves.combinations(), history);
    }
    if (m_batch.empty()) {
      take(moves.on_top(), history, m_most / 2);
      take(first_tries(moves), history);
      take(moves.one_function(), history);
    }
    return m_batch;
  }

private:
  // Everything that changes one thing, the most promising first.
  static std::vector<Proposal> first_tries(const Moves& moves) {
    std::vector<Proposal> all = moves.singles();
    for (std::vector<Proposal> more : {moves.edits(), moves.calls()}) {
      std::move(more.begin(), more.end(), std::back_inserter(all));
    }
    std::stable_sort(all.begin(), all.end(), [](const Proposal& left, const Proposal& right) {
      return left.predicted_ratio > right.predicted_ratio;
    });
    return all;
  }

  // Fills the batch with what is valid and new.
  void take(std::vector<Proposal> proposals, const History& history, std::size_t most = 8) {
    for (Proposal& proposal : proposals) {
      if (m_batch.size() >= std::min(m_most, most)) {
        return;
      }
      const std::string key = plans_key(proposal.plans);
      // Remembered here too: a session that drops a proposal must not be handed it for ever.
      const bool fresh = m_handed_out.insert(key).second && history.find(key) == nullptr;
      const bool valid =
          std::all_of(proposal.plans.begin(), proposal.plans.end(),
                      [](const FunctionPlan& plan) { return validate(plan.plan).has_value(); });
      if (fresh && valid) {
        m_batch.push_back(std::move(proposal));
      }
    }
  }

  std::vector<Proposal> m_batch;
  std::size_t m_most = 8;
  std::set<std::string> m_handed_out;
};

// That first step alone.
class ProfileReasoning final : public Reasoning {
public:
  std::string name() const override { return "expert"; }

  Result<std::vector<Proposal>> propose(const SearchState& state) override {
    const History history(state);
    if (state.subjects.empty() || history.knows_profiles() || std::exchange(m_done, true)) {
      return std::vector<Proposal>{};
    }
    std::vector<Proposal> proposals = Moves(state, history).profiles();
    proposals.resize(std::min<std::size_t>(proposals.size(), 1));
    return proposals;
  }

private:
  bool m_done = false;
};

} // namespace

std::unique_ptr<Reasoning> make_profile_reasoning() {
  return std::make_unique<ProfileReasoning>();
}

std::unique_ptr<Reasoning> make_expert_reasoning() {
  return std::make_unique<ExpertReasoning>();
}

} // namespace autopass
