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

// Of two targets' plans for one function the later one is published (slice_digest).
void keep_later(std::vector<StoredPlan>& plans, const StoredPlan& later) {
  std::erase_if(plans, [&](const StoredPlan& plan) {
    return plan.fingerprint == later.fingerprint && plan.context == later.context;
  });
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

} // namespace

std::string refuted(const PlansInForce& in_force, const Inspection& inspection,
                    bool incumbent_wrong) {
  if (!in_force.ours) {
    return {};
  }
  if (incumbent_wrong) {
    return "with them the program no longer builds, or does something else";
  }
  for (const auto& subject : inspection.forbidden) {
    for (const auto& plan : in_force.ours->plans) {
      if (plan.function == subject.evidence.fingerprint) {
        return "the project forbids plans for " + subject.evidence.function;
      }
    }
  }
  return {};
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
    if (plan.target != basis.target.path) {
      keep_later(found.others, plan);
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
