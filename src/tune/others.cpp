// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "others.h"

#include "cache/function_counts.h"
#include "publish.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <map>
#include <set>

namespace autopass {
namespace {

constexpr double part_of_budget = 0.25;

// The targets that have published all of it or, where no single one has, the last part.
std::set<std::string> guilty(const Denial& denial, const std::map<std::string, std::vector<FunctionPlan>>& published) {
  Denial last = denial;
  last.plans = {denial.plans.back()};
  std::set<std::string> all_of_it, last_of_it;
  for (const auto& [target, plans] : published) {
    if (speaks_against(denial, plans)) {
      all_of_it.insert(target);
    }
    if (speaks_against(last, plans)) {
      last_of_it.insert(target);
    }
  }
  return all_of_it.empty() ? last_of_it : all_of_it;
}

// Of the whole slice: where one target's plan goes, the same one of another takes its place.
Result<std::set<std::string>> guilty_targets(const Basis& basis, const Denial& denial) {
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY(const auto plans, store.plans(basis.key));
  std::map<std::string, std::vector<FunctionPlan>> published;
  for (const StoredPlan& plan : plans) {
    if (plan.target != basis.target.path) { // its own are the session's affair
      published[plan.target].push_back({plan.fingerprint, plan.plan});
    }
  }
  return guilty(denial, published);
}

std::vector<std::string> targets_of(const Candidate& others) {
  std::set<std::string> targets;
  for (const StoredPlan& plan : others.plans) {
    targets.insert(plan.target);
  }
  return {targets.begin(), targets.end()};
}

void leave_out_others(PlansInForce& in_force) {
  const std::vector<std::string> targets = targets_of(in_force.others);
  std::erase_if(in_force.published.plans, [&](const StoredPlan& plan) {
    return std::find(targets.begin(), targets.end(), plan.target) != targets.end();
  });
  in_force.others.plans.clear();
}

} // namespace

Result<std::vector<std::string>> withdraw_wrong_others(const Harness& harness, const Basis& basis,
                                                       const Inspection& inspection, Blame& blame,
                                                       PlansInForce& in_force, const Talk& talk) {
  std::vector<std::string> notes;
  const Workloads workloads = workloads_of(harness, true);
  const double until = talk.budget.left() * (1 - part_of_budget);
  while (!in_force.others.plans.empty()) {
    TRY(const auto failure, failure_of(harness, in_force.others, workloads));
    if (!failure) {
      break;
    }
    const bool wrong = failure->reason == wrong_output_reason;
    TRY(const auto denial, blame.find(in_force.others, *failure, wrong ? workloads : Workloads{}, talk.budget.left() - until));
    std::set<std::string> targets;
    if (denial) {
      TRY(targets, guilty_targets(basis, *denial));
    } else if (wrong) {
      TRY(const auto again, failure_of(harness, in_force.others, workloads));
      if (!again) {
        break; // once is not enough to accuse anybody
      }
    }
    if (targets.empty() && failure->reason == name_of(FunctionCount::PlanWarning)) {
      // Such a compile begins again without plans, in the user's build, too.
      notes.push_back("plans of other targets were left out of what is compared: " + failure->what);
      leave_out_others(in_force);
      break;
    }
    if (targets.empty() || talk.budget.left() <= until) {
      return fail("plans of other targets act in this program, and it fails with them: " + failure->what,
                  "autopass undo " + join(targets_of(in_force.others), ", or autopass undo "), failure->reason);
    }
    for (const std::string& target : targets) {
      TRY_VOID(withdraw(basis.key, target));
      notes.push_back("the plans of " + target + " were withdrawn: with one of them, for a function that this program has, too, it fails: " +
                      failure->what);
      talk.say(notes.back());
    }
    TRY(in_force, plans_in_force(basis, inspection));
  }
  blame.trust(in_force.others);
  return notes;
}

} // namespace autopass
