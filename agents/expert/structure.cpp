// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Moves that change which passes run on a function, and what becomes of its calls. All go by
// evidence: the polyhedral optimiser is for nests of loops that look affine, a call is worth a
// decision when the inliner has named its price, a pass is run once more where something has given
// it new work.
#include "agents/guard.h"
#include "findings.h"
#include "moves.h"
#include "util/text.h"

#include <algorithm>
#include <map>

namespace autopass {

namespace {

using namespace trait;

constexpr double least_share_for_edits = 0.05;
constexpr double dearest = 3;           // times the threshold: beyond it a call is no near miss
constexpr std::size_t most_callees_decided = 4; // of one function

struct Edit {
  std::string_view at;
  std::vector<std::string_view> passes;
  double prior; // percent, as in the table of levers
  Traits needs, likes;
  std::string_view why;
};

const std::vector<Edit>& edits_table() {
  static const std::vector<Edit> table = {
      {"vectorizer-end", {"licm", "gvn"}, 0.8, vectorised, nested | loads,
       "vectorising leaves invariant and redundant loads behind"},
      {"scalar-late", {"loop-unroll", "gvn", "sroa"}, 0.7, counted, nested,
       "loops unrolled early share loads, and small arrays become registers"},
      {"scalar-late", {"jump-threading", "correlated-propagation", "simplifycfg"}, 0.6, switches,
       branchy, "what the first round has decided decides more branches"},
  };
  return table;
}

Plan insertion(const Edit& edit) {
  Plan plan;
  plan.pipeline.insert.push_back({std::string(edit.at), {}});
  for (const std::string_view pass : edit.passes) {
    plan.pipeline.insert.back().passes.push_back({std::string(pass), {}});
  }
  return plan;
}

bool looks_affine(const LoopEvidence& loop) {
  return loop.innermost && loop.depth > 1 && loop.calls == 0 && loop.branches <= 1 &&
         loop.loads + loop.stores > 0;
}

// Calls of one callee: the inliner's remarks do not tell them apart either.
using Callees = std::map<Digest, std::vector<const CallEvidence*>>;

Callees callees_of(const FunctionEvidence& evidence) {
  Callees callees;
  for (const CallEvidence& call : evidence.call_sites) {
    if (call.fingerprint != Digest{} && call.fingerprint != evidence.fingerprint) {
      callees[call.fingerprint].push_back(&call);
    }
  }
  return callees;
}

Plan decision(const std::vector<const CallEvidence*>& calls, bool inline_them) {
  Plan plan;
  for (const CallEvidence* call : calls) {
    plan.calls.push_back({call->call, call->fingerprint, inline_them});
  }
  return plan;
}

bool nearly_inlined(const CallEvidence& call) {
  return call.can_inline && call.kept > 0 && call.threshold > 0 && call.cost >= call.threshold &&
         call.cost <= dearest * call.threshold;
}

bool was_dear(const CallEvidence& call) {
  return call.inlined > 0 && call.threshold > 0 && 2 * call.cost > call.threshold;
}

} // namespace

std::vector<Proposal> Moves::edits() const {
  std::vector<Proposal> all;
  for (std::size_t i = 0; i < m_state.subjects.size(); ++i) {
    const FunctionEvidence& evidence = m_state.subjects[i].evidence;
    if (looks_constant_time(evidence.function)) {
      continue;
    }
    const auto propose = [&](Plan plan, double percent, const std::string& what) {
      percent *= m_placing.weight(i);
      all.push_back(on_profile(
          make_proposal({{evidence.fingerprint, std::move(plan)}},
                        format("%s on %.60s (%.0f %% of the time)", what.c_str(),
                               evidence.function.c_str(), 100 * m_state.subjects[i].share),
                        percent),
          percent));
    };
    const auto nests =
        std::count_if(evidence.loops.begin(), evidence.loops.end(), looks_affine);
    if (nests > 0) {
      Plan plan;
      plan.pipeline.polly = true;
      const bool floats = std::any_of(evidence.loops.begin(), evidence.loops.end(),
                                      [](const LoopEvidence& loop) { return loop.floating; });
      propose(std::move(plan), floats ? 5.0 : 3.0,
              format("the polyhedral optimiser: %d nests of plain loops", int(nests)));
    }
    for (const Edit& edit : edits_table()) {
      const Traits has = m_placing.has(i);
      if ((has & edit.needs) != 0 && m_state.subjects[i].share >= least_share_for_edits) {
        propose(insertion(edit), edit.prior * ((has & edit.likes) != 0 ? 1.5 : 1.0),
                std::string(edit.why));
      }
    }
  }
  return all;
}

std::vector<Proposal> Moves::calls() const {
  std::vector<Proposal> all;
  for (std::size_t i = 0; i < m_state.subjects.size(); ++i) {
    const Subject& subject = m_state.subjects[i];
    if (subject.share < least_share_for_edits) {
      continue;
    }
    std::size_t count = 0;
    for (const auto& [fingerprint, calls] : callees_of(subject.evidence)) {
      const CallEvidence& first = *calls.front();
      const bool add = nearly_inlined(first);
      if ((!add && !was_dear(first)) || count == most_callees_decided) {
        continue;
      }
      ++count;
      const double percent = (add ? 1.5 : 0.7) * m_placing.weight(i);
      all.push_back(on_profile(
          make_proposal({{subject.evidence.fingerprint, decision(calls, add)}},
                        format("%s %.60s %s %.60s: the inliner counted %d against %d",
                               add ? "inline" : "keep", first.callee.c_str(), add ? "into" : "out of",
                               subject.evidence.function.c_str(), first.cost, first.threshold),
                        percent),
          percent));
    }
  }
  return all;
}

} // namespace autopass
