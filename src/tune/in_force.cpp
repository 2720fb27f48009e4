// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "in_force.h"

#include "cache/snapshot.h"
#include "candidate.h"
#include "util/file.h"
#include "util/paths.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace autopass {
namespace {

bool acts(const StoredPlan& plan, const Inspection& inspection) {
  return std::any_of(
      inspection.functions.begin(), inspection.functions.end(), [&](const auto& function) {
        return function.fingerprint == plan.fingerprint &&
               (function.context == plan.context || plan.context == any_context);
      });
}

// Of two targets' plans for one function the later one is published (slice_digest).
void keep_later(std::vector<StoredPlan>& plans, const StoredPlan& later) {
  std::erase_if(plans, [&](const StoredPlan& plan) { return same_place(plan, later); });
  plans.push_back(later);
}

// Why it was proposed and by whom, as it was published.
void set_origin(Proposal& proposal, const std::string& evidence) {
  const auto json = nlohmann::json::parse(evidence, nullptr, false);
  const auto text = [&](const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string()
               ? json[key].get<std::string>()
               : std::string();
  };
  proposal.hypothesis = text("why");
  proposal.agent = text("agent");
}

// What is wrong with it, and believed; empty: nothing.
Result<std::string> wrong_on(const Harness& harness, const CheckedWorkload& workload, const Binary& binary) {
  TRY(const Run first, harness.runner.run(workload.workload, binary.path));
  const std::string wrong = workload.gate.judge(first);
  if (wrong.empty()) {
    return wrong;
  }
  TRY_VOID(stock_is_right(harness, workload));
  if (first.ended_by_itself()) {
    return wrong;
  }
  TRY(const Run second, harness.runner.run(workload.workload, binary.path));
  return workload.gate.judge(second);
}

} // namespace

Result<void> stock_is_right(const Harness& harness, const CheckedWorkload& workload) {
  const auto patience = [&](const CheckedWorkload&) { return harness.runner.options().timeout; };
  TRY(const Complaint wrong,
      first_complaint(harness.runner, harness.replica->baseline().path, {&workload}, patience));
  return wrong.none() ? Result<void>()
                      : fail("the unchanged program gives another result than at the start: " + wrong.what,
                              "try again; the plans were left alone", "output-varies");
}

Result<Refutation> refuted(const Harness& harness, const PlansInForce& in_force,
                           const Project& project, const Denied& denied) {
  if (!in_force.ours) {
    return Refutation{};
  }
  const std::string& target = harness.replica->target().path;
  for (const StoredPlan& plan : in_force.published.plans) {
    if (plan.target == target && project.forbids(plan.function)) {
      return Refutation{"the project forbids plans for " + plan.function};
    }
  }
  auto plans = in_force.ours->plans;
  if (const auto taken = denied.strip(plans, in_force.others); !taken.empty()) {
    return Refutation{"part of them is denied: " + taken.front(), true};
  }
  const auto binary = harness.replica->build(in_force.published);
  if (!binary) {
    const Error& error = binary.error();
    if (!is_plan_failure(error.reason)) { // a full disk stops stock code, too
      TRY_VOID(harness.replica->build_variant({{}, in_force.others}));
    }
    return Refutation{"with them the program does not build any more: " + error.what, false,
                      is_plan_failure(error.reason) ? std::optional(error) : std::nullopt};
  }
  if (auto slow = too_slow_to_compile(*binary)) {
    return Refutation{"with them the program " + slow->what, false, std::move(slow)};
  }
  for (const CheckedWorkload* workload : workloads_of(harness, true)) {
    TRY(const std::string wrong, wrong_on(harness, *workload, *binary));
    if (!wrong.empty()) {
      return Refutation{"with them the program is wrong on " + workload->name + ": " + wrong, false,
                        Error{workload->name + ": " + wrong, {}, wrong_output_reason},
                        {workload}};
    }
  }
  return Refutation{};
}

Result<PlansInForce> plans_in_force(const Basis& basis, const Inspection& inspection) {
  PlansInForce found;
  if (!exists(plans_path())) {
    return found;
  }
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY(const auto plans, store.plans(basis.key));
  for (const auto& plan : plans) {
    if (!acts(plan, inspection)) {
      continue;
    }
    keep_later(found.published.plans, plan);
    if (plan.target != basis.target.path) {
      keep_later(found.others.plans, plan);
      continue;
    }
    if (!found.ours) {
      found.ours.emplace();
      set_origin(*found.ours, plan.evidence);
    }
    found.ours->plans.push_back({plan.fingerprint, plan.plan});
  }
  sort_plans(found.published);
  sort_plans(found.others);
  return found;
}

} // namespace autopass
