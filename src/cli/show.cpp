// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/plan_store.h"
#include "output.h"
#include "report/layout.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

Json parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json(text) : json;
}

Json describe(const SliceKey& key, const StoredPlan& plan) {
  return {{"scope", key.scope},
          {"cpu", key.cpu},
          {"llvm", key.llvm_major},
          {"function", plan.function},
          {"target", plan.target},
          {"fingerprint", plan.fingerprint.hex()},
          {"context", plan.context.hex()},
          {"plan", parsed(print(plan.plan))},
          {"evidence", parsed(plan.evidence)},
          {"created_at", plan.created_at}};
}

// One line for each workload of the evidence: "train 1: 1.112 (1.098 to 1.126)".
std::string evidence_text(const std::string& evidence) {
  const Json json = Json::parse(evidence, nullptr, false);
  std::string text;
  if (!json.is_object()) {
    return text;
  }
  const auto number = [](const Json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_number() ? it->get<double>() : 0.0;
  };
  if (const auto workloads = json.find("workloads");
      workloads != json.end() && workloads->is_array()) {
    for (const auto& workload : *workloads) {
      if (workload.is_object()) {
        text += wrapped("    measured  ",
                        format("%.3f, 95 %% interval %.3f to %.3f, on ", number(workload, "ratio"),
                               number(workload, "low"), number(workload, "high")) +
                            workload.value("name", Json("?")).dump());
      }
    }
  }
  if (const auto why = json.find("why"); why != json.end() && why->is_string()) {
    text += wrapped("    why       ", why->get<std::string>());
  }
  return text;
}

// One entry for each target's functions that have a profile and nothing else: they can be hundreds.
bool is_profile(const StoredPlan& plan) {
  Plan rest = plan.plan;
  rest.profile.reset();
  return plan.plan.profile && rest.empty();
}

std::string text_of_profiles(const std::vector<StoredPlan>& plans) {
  constexpr std::size_t most_named = 10;
  std::vector<std::string> names;
  std::size_t branches = 0;
  for (const StoredPlan& plan : plans) {
    branches += plan.plan.profile->weights.size();
    names.push_back(plan.function);
  }
  const std::size_t more = names.size() - std::min(names.size(), most_named);
  names.resize(names.size() - more);
  return wrapped("  ", join(names, ", ") + (more > 0 ? format(" and %zu more", more) : "")) +
         wrapped("    plan      ", format("profile of %zu branch%s", branches, branches == 1 ? "" : "es")) +
         evidence_text(plans.front().evidence) +
         wrapped("    target    ", plans.front().target + " (" + plans.front().created_at + ")");
}

std::string text_of(const StoredPlan& plan) {
  return wrapped("  ", plan.function) + wrapped("    plan      ", join(elements(plan.plan), "; ")) +
         evidence_text(plan.evidence) +
         wrapped("    target    ", plan.target + " (" + plan.created_at + ")");
}

} // namespace

Result<int> execute(const ShowArguments& arguments) {
  const std::string target =
      arguments.target.empty() ? "" : absolute(arguments.target, working_folder());
  Json array = Json::array();
  std::string text;
  if (exists(plans_path())) {
    TRY(PlanStore store, PlanStore::open(plans_path()));
    TRY(const auto slices, store.slices());
    for (const auto& key : slices) {
      TRY(const auto plans, store.plans(key));
      std::string of_slice;
      std::map<std::string, std::vector<StoredPlan>> profiles; // by target
      for (const auto& plan : plans) {
        if (target.empty() || plan.target == target) {
          array.push_back(describe(key, plan));
          if (is_profile(plan)) {
            profiles[plan.target].push_back(plan);
          } else {
            of_slice += text_of(plan);
          }
        }
      }
      for (const auto& [of_target, all] : profiles) {
        of_slice += text_of_profiles(all);
      }
      if (!of_slice.empty()) {
        text += (key.scope.empty() ? "common scope" : "project " + key.scope) + ", " + key.cpu +
                format(", LLVM %d\n", key.llvm_major) + of_slice;
      }
    }
  }
  if (array.empty() && !target.empty() && !exists(target)) {
    return fail("there is no " + target + ", nor any plan for it", "autopass show, which lists all");
  }
  if (arguments.json) {
    print_json({{"plans", array}});
  } else {
    print(array.empty() ? "no plans\n" : text);
  }
  return exit_done;
}

} // namespace autopass
