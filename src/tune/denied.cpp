// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "denied.h"

#include "cache/plan_store.h"
#include "util/file.h"

namespace autopass {

Result<Denied> Denied::open(const std::string& store, int llvm_major) {
  Denied denied;
  denied.m_store = store;
  denied.m_llvm_major = llvm_major;
  if (store.empty() || !exists(store)) {
    return denied;
  }
  TRY(PlanStore plans, PlanStore::open(store));
  TRY(denied.m_denials, plans.denials());
  std::erase_if(denied.m_denials,
                [&](const Denial& denial) { return denial.llvm_major != llvm_major; });
  return denied;
}

const Denial* Denied::find(const Proposal& proposal) const {
  for (const FunctionPlan& plan : proposal.plans) {
    if (const Denial* denial = find_denial(m_denials, plan.function, plan.plan)) {
      return denial;
    }
  }
  return nullptr;
}

void Denied::add(const Blamed& blamed) {
  m_denials.push_back({m_llvm_major, blamed.plan.fingerprint, blamed.plan.plan,
                       blamed.plan.function, blamed.error.reason, blamed.error.what, {}});
  if (m_store.empty()) {
    return;
  }
  if (auto plans = PlanStore::open(m_store)) {
    static_cast<void>(plans->deny(m_denials.back()));
  }
}

} // namespace autopass
