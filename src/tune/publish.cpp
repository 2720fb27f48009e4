// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "publish.h"

#include "cache/clock.h"
#include "util/paths.h"

#include <nlohmann/json.hpp>

namespace autopass {
namespace {

nlohmann::json evidence_of(const Publication& publication) {
  nlohmann::json workloads = nlohmann::json::array();
  for (const auto& workload : publication.confirmation.workloads) {
    workloads.push_back({{"name", workload.name},
                         {"role", workload.role},
                         {"ratio", workload.interval.ratio},
                         {"low", workload.interval.low},
                         {"high", workload.interval.high},
                         {"pairs", workload.interval.pairs}});
  }
  return {{"workloads", workloads},
          {"layouts", confirm_layouts},
          {"code", publication.code.hex()},
          {"why", publication.proposal.hypothesis},
          {"predicted", publication.proposal.predicted_ratio},
          {"agent", publication.proposal.agent}};
}

} // namespace

Result<void> publish(const Publication& publication, const Probe& toolchain) {
  // Replaced as a whole: a failure in here leaves the old plans and the old snapshot.
  const std::string evidence = evidence_of(publication)
                                   .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const std::string created_at = utc_now();
  std::vector<StoredPlan> ours;
  for (StoredPlan plan : publication.candidate.plans) {
    if (plan.target == publication.target) {
      plan.evidence = evidence;
      plan.created_at = created_at;
      ours.push_back(std::move(plan));
    }
  }
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY_VOID(store.replace(publication.key, publication.target, ours));
  TRY_VOID(store.remember(toolchain));
  TRY(const std::string known_cpu, store.cpu());
  if (known_cpu.empty()) {
    TRY_VOID(store.set_cpu(publication.key.cpu));
  }
  return store.publish(snapshot_path());
}

Result<void> withdraw(const SliceKey& key, const std::string& target) {
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY_VOID(store.replace(key, target, {}));
  return store.publish(snapshot_path());
}

} // namespace autopass
