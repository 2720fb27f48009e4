// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "slowed.h"

#include "util/text.h"

#include <algorithm>
#include <cmath>

namespace autopass {

namespace {

constexpr std::size_t most_named = 4; // elements in a sentence

const Plan* plan_for(const std::vector<FunctionPlan>& plans, const Digest& function) {
  const auto found = std::find_if(plans.begin(), plans.end(), [&](const FunctionPlan& plan) {
    return plan.function == function;
  });
  return found == plans.end() ? nullptr : &found->plan;
}

// Every element of `part` taken out of `whole`; false: one of them is not there.
bool take_out(Plan& whole, const Plan& part) {
  for (const Plan& element : parts(part)) {
    const std::vector<Plan> all = parts(whole);
    const auto found = std::find(all.begin(), all.end(), element);
    if (found == all.end()) {
      return false;
    }
    whole = without(whole, static_cast<std::size_t>(found - all.begin()));
  }
  return true;
}

} // namespace

std::optional<std::vector<FunctionPlan>> beyond(const std::vector<FunctionPlan>& whole,
                                                const std::vector<FunctionPlan>& part) {
  if (part.size() > whole.size()) {
    return std::nullopt;
  }
  for (const FunctionPlan& plan : part) {
    if (plan_for(whole, plan.function) == nullptr) {
      return std::nullopt;
    }
  }
  std::vector<FunctionPlan> rest;
  for (FunctionPlan plan : whole) {
    const Plan* known = plan_for(part, plan.function);
    if (known != nullptr && !take_out(plan.plan, *known)) {
      return std::nullopt;
    }
    if (!plan.plan.empty()) {
      rest.push_back(std::move(plan));
    }
  }
  return rest.empty() ? std::nullopt : std::optional(std::move(rest));
}

std::vector<Slowed> slowed(const History& history) {
  std::vector<Slowed> all;
  for (const auto& [key, whole] : history.all()) {
    Slowed found{&whole, nullptr, {}};
    for (const Known* part : history.winners()) { // the best first
      const double doubt = std::hypot(whole.sigma, part->sigma);
      if (!whole.measured() || part->log_ratio - whole.log_ratio < 2 * doubt) {
        continue;
      }
      if (auto added = beyond(whole.proposal->plans, part->proposal->plans)) {
        found.part = part;
        found.added = std::move(*added);
        all.push_back(std::move(found));
        break;
      }
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Slowed& left, const Slowed& right) {
    return left.part->log_ratio > right.part->log_ratio;
  });
  return all;
}

std::string slowed_by(const Trial& trial, const std::vector<Trial>& before) {
  const Trial* best = nullptr;
  std::vector<FunctionPlan> added;
  for (const Trial& part : before) {
    const bool is_clear = part.interval.pairs > 0 && part.interval.low > trial.interval.high;
    if (!is_clear || (best != nullptr && part.interval.ratio <= best->interval.ratio)) {
      continue;
    }
    if (auto rest = beyond(trial.proposal.plans, part.proposal.plans)) {
      best = &part;
      added = std::move(*rest);
    }
  }
  std::vector<std::string> names;
  for (const FunctionPlan& plan : added) {
    for (std::string& name : elements(plan.plan)) {
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(std::move(name));
      }
    }
  }
  if (names.size() > most_named) {
    names.resize(most_named);
    names.emplace_back("...");
  }
  return best == nullptr ? std::string()
                         : format("slower than without %s (%.3fx)", join(names, ", ").c_str(),
                                  best->interval.ratio);
}

} // namespace autopass
