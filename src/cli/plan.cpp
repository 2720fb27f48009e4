// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "output.h"
#include "plan/plan_file.h"
#include "plan/strict_json.h"
#include "report/layout.h"
#include "util/file.h"
#include "util/text.h"
#include "verbs.h"

#include <nlohmann/json.hpp>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

// A file of plans, or one plan: then its function has no name.
Result<PlanFile> read_plans(const std::string& path) {
  TRY(const std::string text, read_file(path, largest_plan_file));
  nlohmann::json content;
  const bool is_plan = parse_strictly(text, deepest_plan + 2, content) && content.is_object() &&
                       !content.contains("functions");
  if (!is_plan) {
    return parse_plan_file(text);
  }
  PlanFile file;
  file.functions.emplace("", parse_by_hand(text));
  return file;
}

Json describe(const std::string& function, const Error& error) {
  return {{"function", function}, {"what", error.what}, {"next", error.next},
          {"reason", error.reason}};
}

} // namespace

Result<int> execute(const PlanArguments& arguments) {
  const Result<PlanFile> file = read_plans(arguments.file);
  Json problems = Json::array(), plans = Json::array();
  std::string text;
  const auto complain_of = [&](const std::string& function, const Error& error) {
    problems.push_back(describe(function, error));
    text += wrapped(function.empty() ? "" : function + ": ", error.what);
    if (!error.next.empty()) {
      text += wrapped("  try: ", error.next);
    }
  };
  if (!file) {
    complain_of("", file.error());
  } else {
    for (const auto& [function, plan] : file->functions) {
      if (!plan) {
        complain_of(function, plan.error());
        continue;
      }
      plans.push_back({{"function", function},
                       {"digest", digest(*plan).hex()},
                       {"elements", elements(*plan)}});
      text += wrapped(function.empty() ? "" : function + ": ",
                      plan->empty() ? "an empty plan" : join(elements(*plan), "; "));
    }
  }
  if (arguments.json) {
    print_json({{"file", arguments.file},
                {"valid", problems.empty()},
                {"plans", plans},
                {"problems", problems}});
  } else {
    print(text);
  }
  return problems.empty() ? exit_done : exit_no;
}

} // namespace autopass
