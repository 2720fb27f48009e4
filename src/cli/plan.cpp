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

// "line 2, column 39: ..." of what is no JSON; empty: it is, and a key is there twice or it is nested too deep.
std::string where_no_json(const std::string& text) {
  try {
    const auto parsed = nlohmann::json::parse(text);
    return {};
  } catch (const nlohmann::json::parse_error& error) {
    const std::string what = error.what();
    const auto place = what.find("line ");
    return place == std::string::npos ? what : what.substr(place);
  }
}

// A file of plans, or one plan: then its function has no name.
Result<PlanFile> read_plans(const std::string& path) {
  TRY(const std::string text, read_file(path, largest_plan_file));
  nlohmann::json content;
  const bool is_json = parse_strictly(text, deepest_plan + 2, content);
  if (!is_json || !content.is_object() || content.contains("functions")) {
    auto file = parse_plan_file(text);
    if (const std::string where = is_json ? "" : where_no_json(text); !file && !where.empty()) {
      file.error().what = "no file of plans: not JSON at " + where;
    }
    return file;
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
