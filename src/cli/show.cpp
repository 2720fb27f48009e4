// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "show.h"

#include "cache/plan_store.h"
#include "output.h"
#include "report/layout.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

Json parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json(text) : json;
}

// One entry for each target's functions that have a profile and nothing else: they can be hundreds.
bool is_profile(const StoredPlan& plan) {
  return plan.plan.profile && without_counts(plan.plan).empty();
}

std::string text_of_profiles(const std::vector<StoredPlan>& plans) {
  constexpr std::size_t most_named = 10;
  std::vector<std::string> names;
  std::size_t branches = 0, calls = 0;
  for (const StoredPlan& plan : plans) {
    branches += plan.plan.profile->weights.size();
    calls += plan.plan.calls.size();
    names.push_back(plan.function);
  }
  const std::size_t more = names.size() - std::min(names.size(), most_named);
  names.resize(names.size() - more);
  return wrapped("  ", join(names, ", ") + (more > 0 ? format(" and %zu more", more) : "")) +
         wrapped("    plan      ", format("profile of %zu branch%s%s", branches, branches == 1 ? "" : "es",
                                            calls > 0 ? format(", %zu hot calls inlined", calls).c_str() : "")) +
         evidence_text(plans.front().evidence) +
         wrapped("    target    ", plans.front().target + " (" + plans.front().created_at + ")");
}

std::string text_of(const StoredPlan& plan) {
  return wrapped("  ", plan.function) + wrapped("    plan      ", join(elements(plan.plan), "; ")) +
         evidence_text(plan.evidence) +
         wrapped("    target    ", plan.target + " (" + plan.created_at + ")");
}

std::string text_of(const std::vector<StoredPlan>& of_slice) {
  std::string text;
  std::map<std::string, std::vector<StoredPlan>> profiles; // by target
  for (const StoredPlan& plan : of_slice) {
    if (is_profile(plan)) {
      profiles[plan.target].push_back(plan);
    } else {
      text += text_of(plan);
    }
  }
  for (const auto& [target, all] : profiles) {
    text += text_of_profiles(all);
  }
  return text;
}

std::string title_of(const SliceKey& key) {
  return (key.scope.empty() ? "common scope" : "project " + key.scope) + ", " + key.cpu +
         format(", LLVM %d\n", key.llvm_major);
}

// What no session tries again: of one target, or of all.
Result<std::vector<Denial>> denied_for(const std::string& target) {
  if (!exists(plans_path())) {
    return std::vector<Denial>{};
  }
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY(std::vector<Denial> denials, store.denials());
  std::erase_if(denials, [&](const Denial& denial) {
    return !target.empty() && denial.target != target;
  });
  return denials;
}

Json describe_denial(const Denial& denial) {
  Json plans = Json::array();
  for (const DeniedPlan& denied : denial.plans) {
    plans.push_back({{"function", denied.function},
                     {"fingerprint", denied.fingerprint.hex()},
                     {"plan", parsed(autopass::print(denied.plan))}});
  }
  return {{"llvm", denial.llvm_major}, {"plans", plans},
          {"reason", denial.reason},   {"detail", denial.detail},
          {"target", denial.target},   {"created_at", denial.created_at}};
}

std::string text_of_denials(const std::vector<Denial>& denials) {
  std::string text = denials.empty() ? "" : "denied, no session tries it again\n";
  for (const Denial& denial : denials) {
    text += wrapped("  ", describe(denial)) +
            wrapped("    why       ", denial.reason + ": " + denial.detail) +
            wrapped("    found on  ", denial.target + format(", LLVM %d (", denial.llvm_major) +
                                          denial.created_at + ")");
  }
  return text;
}

Result<int> show_plans(const ShowArguments& arguments, const std::vector<PublishedPlan>& published,
                       const std::string& target) {
  Json array = Json::array();
  std::string text;
  std::vector<StoredPlan> of_slice;
  for (auto one = published.begin(); one != published.end(); ++one) {
    if (target.empty() || one->plan.target == target) {
      array.push_back(describe(*one));
      of_slice.push_back(one->plan);
    }
    const auto next = std::next(one);
    if (!of_slice.empty() && (next == published.end() || next->key != one->key)) {
      text += title_of(one->key) + text_of(of_slice);
      of_slice.clear();
    }
  }
  TRY(const std::vector<Denial> denials, denied_for(target));
  if (arguments.json) {
    Json denied = Json::array();
    for (const Denial& denial : denials) {
      denied.push_back(describe_denial(denial));
    }
    print_json({{"plans", array}, {"denied", denied}});
  } else {
    print((array.empty() ? "no plans\n" : text) + text_of_denials(denials));
  }
  return exit_done;
}

} // namespace

Json describe(const PublishedPlan& published) {
  const auto& [key, plan] = published;
  return {{"scope", key.scope},
          {"cpu", key.cpu},
          {"llvm", key.llvm_major},
          {"function", plan.function},
          {"target", plan.target},
          {"fingerprint", plan.fingerprint.hex()},
          {"context", plan.context.hex()},
          {"digest", digest(plan.plan).hex()},
          {"plan", parsed(autopass::print(plan.plan))},
          {"evidence", parsed(plan.evidence)},
          {"created_at", plan.created_at}};
}

// One line for each workload of the evidence: "1.112, 95 % interval 1.098 to 1.126, 40 pairs, on ...".
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
                        format("%.3f, 95 %% interval %.3f to %.3f, %.0f pairs, on ",
                               number(workload, "ratio"), number(workload, "low"),
                               number(workload, "high"), number(workload, "pairs")) +
                            workload.value("name", Json("?")).dump());
      }
    }
  }
  if (const auto why = json.find("why"); why != json.end() && why->is_string()) {
    text += wrapped("    why       ", why->get<std::string>());
  }
  return text;
}

// A path is a program's, and so is what plans are for or what is there; other words name functions.
Result<int> execute(const ShowArguments& arguments) {
  if (arguments.binary) {
    return show_binary(arguments);
  }
  if (!arguments.function.empty()) {
    return fail("show takes one name", "autopass show FUNCTION, or: autopass show --binary FILE "
                "FUNCTION", usage_reason);
  }
  TRY(const auto published, published_plans());
  if (arguments.what.empty()) {
    return show_plans(arguments, published, {});
  }
  const std::string target = absolute(arguments.what, working_folder());
  const bool planned =
      std::any_of(published.begin(), published.end(),
                  [&](const PublishedPlan& one) { return one.plan.target == target; });
  const bool path = arguments.what.find('/') != std::string::npos;
  if (planned || (path && exists(target))) {
    return show_plans(arguments, published, target);
  }
  if (path && !arguments.what.ends_with(')')) { // "operator/(Vector, Vector)" is a function
    return fail("there is no " + target + ", nor any plan for it", "autopass show, which lists all");
  }
  if (exists(target) && plans_called(published, arguments.what).empty()) {
    return show_plans(arguments, published, target);
  }
  return show_function(arguments, published);
}

} // namespace autopass
