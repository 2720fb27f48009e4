// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "denied.h"

#include "cache/plan_store.h"
#include "util/file.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

namespace autopass {
namespace {

std::string in_words(const Denial& denial) {
  return describe(denial) + " (" + denial.reason + ", " + denial.detail + ")";
}

using Plans = std::vector<FunctionPlan>;

Plans plans_of(const Candidate& candidate, const std::function<bool(const StoredPlan&)>& wanted) {
  Plans plans;
  for (const StoredPlan& stored : candidate.plans) {
    if (wanted(stored)) {
      plans.push_back({stored.fingerprint, stored.plan});
    }
  }
  return plans;
}

bool says(const Plans& plans, const DeniedPlan& denied) {
  return std::any_of(plans.begin(), plans.end(), [&](const FunctionPlan& plan) {
    return plan.function == denied.fingerprint && says_all_of(plan.plan, denied.plan);
  });
}

// To go on without what failed, which these plans and others beside them say: the last that is of these.
std::optional<Piece> to_leave_out(const Denial& denial, const Plans& plans, const Plans& beside) {
  Plans all = plans;
  all.insert(all.end(), beside.begin(), beside.end());
  const auto last = std::find_if(denial.plans.rbegin(), denial.plans.rend(),
                                 [&](const DeniedPlan& denied) { return says(plans, denied); });
  if (!speaks_against(denial, all) || last == denial.plans.rend()) {
    return std::nullopt;
  }
  return Piece{last->fingerprint, parts(last->plan).back()};
}

void leave_out(const Piece& piece, Plans& plans) {
  for (FunctionPlan& plan : plans) {
    const std::vector<Plan> all = parts(plan.plan);
    const auto place = std::find(all.begin(), all.end(), piece.element) - all.begin();
    if (plan.function == piece.function && place < std::ssize(all)) {
      plan.plan = without(plan.plan, static_cast<std::size_t>(place));
    }
  }
  std::erase_if(plans, [](const FunctionPlan& plan) { return plan.plan.empty(); });
}

} // namespace

bool speaks_against(const Denial& denial, const std::vector<FunctionPlan>& plans) {
  return std::all_of(denial.plans.begin(), denial.plans.end(),
                     [&](const DeniedPlan& denied) { return says(plans, denied); });
}

Result<Denied> Denied::open(const std::string& store, const std::string& snapshot,
                            int llvm_major) {
  Denied denied;
  denied.m_store = store;
  denied.m_llvm_major = llvm_major;
  if (exists(store)) {
    TRY(PlanStore plans, PlanStore::open(store));
    TRY(denied.m_denials, plans.denials());
  }
  // It may be older, damaged or no snapshot at all: compiles do without it then, and so do we.
  if (auto published = Database::open_snapshot(snapshot)) {
    if (auto more = denials_in(*published)) {
      denied.m_denials.insert(denied.m_denials.end(), more->begin(), more->end());
    }
  }
  std::erase_if(denied.m_denials, [&](const Denial& denial) {
    return denial.llvm_major != llvm_major || denial.plans.empty();
  });
  return denied;
}

std::vector<std::string> Denied::strip(std::vector<FunctionPlan>& plans, const Candidate& beside) const {
  std::vector<std::string> taken;
  const Plans others = plans_of(beside, [](const StoredPlan&) { return true; });
  for (const Denial& denial : m_denials) {
    if (const auto piece = to_leave_out(denial, plans, others)) {
      leave_out(*piece, plans);
      taken.push_back(in_words(denial));
    }
  }
  return taken;
}

std::vector<std::string> Denied::strip(Candidate& candidate, std::string target) const {
  std::vector<std::string> taken;
  for (const Denial& denial : m_denials) {
    const Plans own = plans_of(candidate, [&](const StoredPlan& stored) { return stored.target == target; });
    const Plans others = plans_of(candidate, [&](const StoredPlan& stored) { return stored.target != target; });
    if (const auto piece = to_leave_out(denial, own, others)) {
      Candidate ours;
      std::copy_if(candidate.plans.begin(), candidate.plans.end(), std::back_inserter(ours.plans),
                   [&](const StoredPlan& stored) { return stored.target == target; });
      std::erase_if(candidate.plans, [&](const StoredPlan& stored) { return stored.target == target; });
      ours = without(ours, *piece);
      candidate.plans.insert(candidate.plans.end(), ours.plans.begin(), ours.plans.end());
      sort_plans(candidate);
      taken.push_back(in_words(denial));
    }
  }
  return taken;
}

Result<void> Denied::add(Denial denial) {
  denial.llvm_major = m_llvm_major;
  m_denials.push_back(denial);
  if (m_store.empty()) {
    return {};
  }
  TRY(PlanStore plans, PlanStore::open(m_store));
  return plans.deny(denial);
}

} // namespace autopass
