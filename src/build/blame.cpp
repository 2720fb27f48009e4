// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "blame.h"

#include "cache/function_counts.h"

#include <algorithm>
#include <array>

namespace autopass {
namespace {

constexpr std::array plan_failures = {
    FunctionCount::PlanPostcondition, FunctionCount::PlanCrashed, FunctionCount::PlanFatalError,
    FunctionCount::PlanError,         FunctionCount::PlanTimeout, FunctionCount::PlanOutOfMemory};

StoredPlan only(const StoredPlan& stored, std::size_t element) {
  StoredPlan one = stored;
  for (std::size_t i = elements(stored.plan).size(); i-- > 0;) {
    if (i != element) {
      one.plan = without(one.plan, i);
    }
  }
  return one;
}

// Of a plan that fails alone.
void blame_elements(const StoredPlan& stored, const Error& error, const Fails& fails,
                    std::vector<Blamed>& blamed) {
  const std::size_t count = elements(stored.plan).size();
  const std::size_t before = blamed.size();
  for (std::size_t i = 0; count > 1 && i < count; ++i) {
    StoredPlan one = only(stored, i);
    if (auto failure = fails({one})) {
      blamed.push_back({std::move(one), std::move(*failure)});
    }
  }
  if (blamed.size() == before) {
    blamed.push_back({stored, error});
  }
}

} // namespace

bool is_plan_failure(std::string_view reason) {
  return std::any_of(plan_failures.begin(), plan_failures.end(),
                     [&](FunctionCount failure) { return name_of(failure) == reason; });
}

std::vector<Blamed> blame(const std::vector<StoredPlan>& plans, const Error& error,
                          const Fails& fails) {
  std::vector<Blamed> blamed;
  if (plans.size() == 1) {
    blame_elements(plans.front(), error, fails, blamed);
    return blamed;
  }
  for (const StoredPlan& stored : plans) {
    if (const auto failure = fails({stored})) {
      blame_elements(stored, *failure, fails, blamed);
    }
  }
  return blamed;
}

} // namespace autopass
