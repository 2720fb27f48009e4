// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "candidate.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace autopass {

Candidate to_candidate(const Proposal& proposal, const std::vector<FunctionEvidence>& functions,
                       const std::string& target, const Candidate& others) {
  std::map<Digest, std::map<Digest, std::string>> places; // fingerprint -> context -> name
  for (const FunctionPlan& plan : proposal.plans) {
    places[plan.function];
  }
  for (const FunctionEvidence& function : functions) {
    if (const auto place = places.find(function.fingerprint); place != places.end()) {
      place->second.try_emplace(function.context, function.function);
    }
  }
  Candidate candidate;
  for (const auto& [function, plan] : proposal.plans) {
    for (const auto& [context, name] : places[function]) {
      StoredPlan stored;
      stored.fingerprint = function;
      stored.context = context;
      stored.function = name;
      stored.plan = plan;
      stored.target = target;
      candidate.plans.push_back(std::move(stored));
    }
  }
  return with_others(std::move(candidate), others);
}

void sort_plans(Candidate& candidate) {
  std::sort(candidate.plans.begin(), candidate.plans.end(), [](const auto& a, const auto& b) {
    return std::tie(a.fingerprint, a.context) < std::tie(b.fingerprint, b.context);
  });
}

bool same_place(const StoredPlan& one, const StoredPlan& other) {
  return one.fingerprint == other.fingerprint && one.context == other.context;
}

Candidate with_others(Candidate candidate, const Candidate& others) {
  const std::vector<StoredPlan> own = candidate.plans;
  for (const StoredPlan& other : others.plans) {
    if (std::none_of(own.begin(), own.end(),
                     [&](const StoredPlan& plan) { return same_place(plan, other); })) {
      candidate.plans.push_back(other);
    }
  }
  sort_plans(candidate);
  return candidate;
}

std::string named(const Candidate& candidate, const Candidate& against) {
  return digest(candidate).hex() + (against.plans.empty() ? std::string() : " against " + digest(against).hex());
}

std::vector<Piece> pieces_of(const Candidate& candidate) {
  std::vector<Piece> pieces;
  for (const StoredPlan& stored : candidate.plans) {
    for (Plan& element : parts(stored.plan)) {
      Piece piece{stored.fingerprint, std::move(element)};
      if (std::find(pieces.begin(), pieces.end(), piece) == pieces.end()) {
        pieces.push_back(std::move(piece));
      }
    }
  }
  return pieces;
}

Candidate only(const Candidate& candidate, const std::vector<Piece>& kept) {
  Candidate reduced;
  for (StoredPlan stored : candidate.plans) {
    const std::vector<Plan> all = parts(stored.plan);
    for (std::size_t i = all.size(); i-- > 0;) {
      if (std::find(kept.begin(), kept.end(), Piece{stored.fingerprint, all[i]}) == kept.end()) {
        stored.plan = without(stored.plan, i);
      }
    }
    if (!stored.plan.empty()) {
      reduced.plans.push_back(std::move(stored));
    }
  }
  return reduced;
}

Candidate without(const Candidate& candidate, const Piece& piece) {
  std::vector<Piece> kept = pieces_of(candidate);
  std::erase(kept, piece);
  return only(candidate, kept);
}

} // namespace autopass
