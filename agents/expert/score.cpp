// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Score: where to look. A function is worth tuning when time is spent in it and when it has the
// structure that plans act upon: score = share of the run time x (1 + structure), structure in 0..1
// from its loops, branches and calls.
//
//   profile           evidence                       subject
//   bsort.llvm.42 61 %  bsort (fingerprint 7a..)       bsort, share 0.61
//   less<int>     12 %  less<int> in two units, 3c..   one subject, share 0.12
//   main          25 %  main: "'step' inlined into 'main'"
//                                                    main, share 0.25, and step, share 0
//
// `step` holds no time of its own, but a plan can keep it out of line, and levers hide one another:
// a kernel that was inlined into its driver is out of reach for most of them. Such callees come
// after the hot functions. Cost: linear in profile and evidence.
#include "agents/roles.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace autopass {

namespace {

constexpr double least_share = 0.02;
constexpr int least_callee_blocks = 3;        // a callee smaller than this is no kernel
constexpr int least_callee_instructions = 20; // the same, in instructions before optimisation
constexpr std::size_t most_callees = 4;

using ByName = std::unordered_map<std::string_view, std::vector<const FunctionEvidence*>>;

// The evidence for a symbol: its own name first, then without the suffixes that the compiler or the
// linker adds ("f.llvm.123", "f.part.0", "f@@V1").
const std::vector<const FunctionEvidence*>* find_symbol(const ByName& by_name,
                                                        std::string_view symbol) {
  symbol = symbol.substr(0, symbol.find('@'));
  while (!symbol.empty()) {
    if (const auto found = by_name.find(symbol); found != by_name.end()) {
      return &found->second;
    }
    const std::size_t dot = symbol.rfind('.');
    if (dot == std::string_view::npos || dot == 0) {
      return nullptr;
    }
    symbol = symbol.substr(0, dot);
  }
  return nullptr;
}

// 0..1: how much there is for a plan to act upon.
double structure(const FunctionEvidence& function) {
  double weight = 0;
  for (const LoopEvidence& loop : function.loops) {
    weight += loop.innermost ? 2.0 : 1.0;
  }
  weight += 0.2 * function.branches + 0.2 * function.selects + 0.1 * function.calls;
  return 1 - std::exp(-weight / 8);
}

std::vector<Subject> hot_functions(const Profile& profile, const ByName& by_name) {
  std::map<Digest, Subject> by_fingerprint;
  std::map<Digest, double> hottest; // whose name and evidence the subject carries
  for (const HotFunction& hot : profile.functions) {
    const auto* found = find_symbol(by_name, hot.symbol);
    if (found == nullptr) {
      continue;
    }
    // One inline function in several units is one fingerprint. Two static functions of one name
    // cannot be told apart by the symbol, so both carry its share.
    std::set<Digest> seen;
    for (const FunctionEvidence* evidence : *found) {
      if (!seen.insert(evidence->fingerprint).second) {
        continue;
      }
      Subject& subject = by_fingerprint[evidence->fingerprint];
      subject.share += hot.share;
      if (hot.share > hottest[evidence->fingerprint]) {
        hottest[evidence->fingerprint] = hot.share;
        subject.evidence = *evidence;
      }
    }
  }
  std::vector<Subject> subjects;
  for (auto& [fingerprint, subject] : by_fingerprint) {
    if (subject.share >= least_share) {
      subject.share = std::min(subject.share, 1.0);
      subject.score = subject.share * (1 + structure(subject.evidence));
      subjects.push_back(std::move(subject));
    }
  }
  return subjects;
}

// The (mangled) callees that the inliner put into this function, each once, sorted.
std::set<std::string> inlined_into(const FunctionEvidence& function) {
  std::set<std::string> callees;
  for (const InliningDecision& decision : function.inlining) {
    if (decision.inlined) {
      callees.insert(decision.callee);
    }
  }
  return callees;
}

// What was inlined into the hot functions and could be kept out of line.
std::vector<Subject> inlined_callees(const std::vector<Subject>& hot, const ByName& by_name) {
  std::set<Digest> known;
  for (const Subject& subject : hot) {
    known.insert(subject.evidence.fingerprint);
  }
  std::vector<Subject> callees;
  for (const Subject& caller : hot) {
    for (const std::string& name : inlined_into(caller.evidence)) {
      const auto found = by_name.find(name);
      // Ambiguous names are left alone: which one was inlined is not known.
      if (found == by_name.end() || !known.insert(found->second.front()->fingerprint).second) {
        continue;
      }
      const FunctionEvidence& evidence = *found->second.front();
      if (evidence.blocks < least_callee_blocks ||
          evidence.instructions < least_callee_instructions) {
        continue;
      }
      const double weight = 1 - std::exp(-evidence.instructions / 100.0);
      callees.push_back({evidence, 0, caller.score * 0.1 * weight});
    }
  }
  return callees;
}

void sort_best_first(std::vector<Subject>& subjects) {
  std::sort(subjects.begin(), subjects.end(), [](const Subject& left, const Subject& right) {
    return left.score != right.score ? left.score > right.score
                                     : left.evidence.fingerprint < right.evidence.fingerprint;
  });
}

class ExpertScore final : public Score {
public:
  std::vector<Subject> rank(const Profile& profile, const std::vector<FunctionEvidence>& evidence,
                            std::size_t most) override {
    ByName by_name;
    for (const FunctionEvidence& function : evidence) {
      by_name[function.function].push_back(&function);
    }
    std::vector<Subject> subjects = hot_functions(profile, by_name);
    sort_best_first(subjects);
    subjects.resize(std::min(subjects.size(), most));
    std::vector<Subject> callees = inlined_callees(subjects, by_name);
    sort_best_first(callees);
    callees.resize(std::min({callees.size(), most_callees, most - subjects.size()}));
    for (Subject& callee : callees) {
      subjects.push_back(std::move(callee));
    }
    return subjects;
  }
};

} // namespace

std::unique_ptr<Score> make_expert_score() {
  return std::make_unique<ExpertScore>();
}

} // namespace autopass
