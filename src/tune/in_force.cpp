// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "in_force.h"

#include "util/file.h"
#include "util/paths.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace autopass {
namespace {

bool acts(const StoredPlan& plan, const Inspection& inspection) {
  return std::any_of(
      inspection.functions.begin(), inspection.functions.end(), [&](const auto& function) {
        return function.fingerprint == plan.fingerprint && function.context == plan.context;
      });
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

} // namespace

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
    if (plan.target != basis.target.path) {
      found.others.push_back(plan);
      continue;
    }
    if (!found.ours) {
      found.ours.emplace();
      set_origin(*found.ours, plan.evidence);
    }
    found.ours->plans.push_back({plan.fingerprint, plan.plan});
  }
  return found;
}

} // namespace autopass
