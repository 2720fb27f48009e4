// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "others.h"

#include "publish.h"

#include <algorithm>
#include <set>

namespace autopass {
namespace {

constexpr int most_withdrawals = 4;

// Whose plans have something of the deny list in them.
std::set<std::string> denied_targets(const Candidate& others, const Denied& denied) {
  std::set<std::string> targets;
  for (const StoredPlan& plan : others.plans) {
    Candidate alone{{plan}};
    if (!denied.strip(alone).empty()) {
      targets.insert(plan.target);
    }
  }
  return targets;
}

} // namespace

Result<std::vector<std::string>> withdraw_wrong_others(const Harness& harness, const Basis& basis,
                                                       const Inspection& inspection, Blame& blame,
                                                       PlansInForce& in_force, const Talk& talk) {
  std::vector<std::string> notes;
  for (int round = 0; round < most_withdrawals && !in_force.others.plans.empty(); ++round) {
    const Workloads workloads = workloads_of(harness, true);
    TRY(const auto failure, failure_of(harness, in_force.others, workloads));
    if (!failure) {
      break;
    }
    const bool wrong = failure->reason == wrong_output_reason;
    TRY(const auto denial, blame.find(in_force.others, *failure, wrong ? workloads : Workloads{}, talk.budget.left() / 4));
    const auto targets = denied_targets(in_force.others, blame.denied());
    if (!denial || targets.empty()) {
      break;
    }
    for (const std::string& target : targets) {
      TRY_VOID(withdraw(basis.key, target));
      notes.push_back("the plans of " + target + " were withdrawn: with one of them, for a function that this program has, too, " +
                      failure->what);
      talk.say(notes.back());
    }
    TRY(in_force, plans_in_force(basis, inspection));
  }
  return notes;
}

} // namespace autopass
