// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All about one function: its plan in words with where it is from, or why it has none. What no plan
// tells is read from the build record and from the last session's report.
#include "cache/report_log.h"
#include "output.h"
#include "reasons.h"
#include "record.h"
#include "report/layout.h"
#include "report/plan_text.h"
#include "report/report.h"
#include "show.h"
#include "util/text.h"
#include "wrapper/record.h"

#include <nlohmann/json.hpp>
#include <set>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

Json in_words(const Plan& plan) {
  Json elements = Json::array(), pipeline = Json::object();
  for (const ElementText& element : explain_elements(plan)) {
    elements.push_back({{"element", element.element}, {"what", element.what}});
  }
  for (const StageText& stage : effective_pipeline(plan)) {
    pipeline[stage.stage] = stage.what;
  }
  return {{"elements", elements}, {"pipeline", pipeline}};
}

std::string text_of(const PublishedPlan& published) {
  const auto& [key, plan] = published;
  std::string text = wrapped("function    ", readable(plan.function));
  if (readable(plan.function) != plan.function) {
    text += wrapped("symbol      ", plan.function);
  }
  text += wrapped("fingerprint ", plan.fingerprint.hex()) +
          wrapped("context     ", plan.context.hex()) +
          wrapped("digest      ", digest(plan.plan).hex()) +
          wrapped("project     ", key.scope.empty() ? "none: the common scope" : key.scope) +
          wrapped("cpu         ", key.cpu) +
          wrapped("compiler    ", format("LLVM %d", key.llvm_major)) + "plan\n";
  for (const ElementText& element : explain_elements(plan.plan)) {
    text += wrapped("    ", element.element);
    text += element.what.empty() ? "" : wrapped("        ", element.what);
  }
  text += "pipeline\n";
  for (const StageText& stage : effective_pipeline(plan.plan)) {
    text += wrapped(format("    %-17s", stage.stage.c_str()), stage.what);
  }
  return text + "provenance\n" + evidence_text(plan.evidence) +
         wrapped("    target    ", plan.target) + wrapped("    confirmed ", plan.created_at);
}

// What the last session that met the function said about it; empty: none did.
std::string said_by_session(BuildRecord& record, const std::string& symbol) {
  const auto reports = ReportLog(record.database()).all();
  if (!reports) {
    return {};
  }
  std::set<std::string> seen; // of each target the newest
  for (const LoggedReport& logged : *reports) {
    const auto report = report_from_json(logged.json);
    if (!report || !seen.insert(logged.target).second) {
      continue;
    }
    for (const ReportedFunction& function : report->functions) {
      if (is_called(function.name, symbol) || is_called(symbol, function.name)) {
        const std::string why = function.why.empty() ? "no gain was found" : function.why;
        return "the session for " + logged.target + " (" + logged.created_at + "): " + why;
      }
    }
  }
  return {};
}

// Why a compile of this place has no plan for the function.
std::string why_none(BuildRecord& record, const FunctionPlace& place) {
  const Job& job = place.unit.compile;
  if (!job.reason.empty()) {
    return "its file was compiled without plans: " + job.reason + " (" +
           std::string(meaning_of(job.reason)) + ")";
  }
  if (std::string said = said_by_session(record, place.symbol); !said.empty()) {
    return said;
  }
  return "no session has confirmed one for it";
}

Result<int> show_without_plan(const ShowArguments& arguments) {
  TRY(BuildRecord record, open_build_record());
  TRY(const auto places, find_function(record, arguments.what, working_folder()));
  if (places.empty()) {
    return fail("no plan and no object that a recorded compile wrote has a function " +
                    arguments.what,
                "build it with autopass-clang; autopass show lists all plans",
                "function-not-known");
  }
  Json array = Json::array();
  std::string text = wrapped("function    ", readable(places.front().symbol));
  for (const FunctionPlace& place : places) {
    const std::string why = why_none(record, place);
    array.push_back({{"function", place.symbol},
                     {"object", place.unit.compile.output},
                     {"source", place.unit.source},
                     {"why", why}});
    text += wrapped("object      ", place.unit.compile.output) +
            wrapped("source      ", place.unit.source) + wrapped("no plan     ", why);
  }
  if (arguments.json) {
    print_json({{"plans", Json::array()}, {"without", array}});
  } else {
    print(text);
  }
  return exit_done;
}

} // namespace

Result<int> show_function(const ShowArguments& arguments,
                          const std::vector<PublishedPlan>& published) {
  const auto ours = plans_called(published, arguments.what);
  if (ours.empty()) {
    return show_without_plan(arguments);
  }
  Json array = Json::array();
  std::string text;
  for (const PublishedPlan& one : ours) {
    Json described = describe(one);
    described.update(in_words(one.plan.plan));
    array.push_back(described);
    text += (text.empty() ? "" : "\n") + text_of(one);
  }
  if (arguments.json) {
    print_json({{"plans", array}, {"without", Json::array()}});
  } else {
    print(text);
  }
  return exit_done;
}

} // namespace autopass
