// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `autopass bisect`: a `verify` that looks at outputs alone, for what is published or for plans by hand. Exit code
// 1 when something was wrong, so that a script can ask.
#include "function_place.h"
#include "output.h"
#include "plan/plan_file.h"
#include "request.h"
#include "session_request.h"
#include "tune/verify.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <set>

namespace autopass {
namespace {

Result<std::map<std::string, Plan>> plans_by_hand(const std::string& name) {
  TRY(const std::string text, read_file(absolute(name, working_folder()), largest_plan_file));
  TRY(PlanFile file, parse_plan_file(text));
  std::map<std::string, Plan> plans;
  for (auto& [function, plan] : file.functions) {
    TRY(plans[function], std::move(plan));
  }
  return plans;
}

} // namespace

Result<int> execute(const BisectArguments& arguments) {
  TRY(SessionRequest request,
      request_session(arguments.target, arguments.workload, arguments.budget, arguments.sandbox));
  VerifyOptions options{std::move(request.options), arguments.keep, true};
  std::map<std::string, Plan> by_hand;
  std::set<std::string> met; // names of functions that the program has
  if (!arguments.plan.empty()) {
    TRY(by_hand, plans_by_hand(arguments.plan));
    options.by_hand = [&](const std::string& symbol) -> const Plan* {
      const Plan* first = nullptr;
      for (const auto& [name, plan] : by_hand) {
        if (is_called(symbol, name)) {
          met.insert(name);
          first = first == nullptr ? &plan : first;
        }
      }
      return first;
    };
  }
  TRY(Report report, talk_through<Report>(options.session, plans_stay,
                                          [&] { return verify(options, request.project, request.config); }));
  if (!by_hand.empty() && met.empty()) {
    return fail("no function of " + arguments.plan + " is in this program", "autopass plan check " + shell_quote(arguments.plan));
  }
  for (const auto& [name, plan] : by_hand) {
    if (!met.contains(name)) {
      report.notes.push_back("not looked at: there is no function " + name + " in this program");
    }
  }
  print(arguments.json ? to_json(report) + "\n" : to_text(report, colour_wanted(1)));
  const bool right = report.verdict == verdict_nothing_wrong || report.verdict == verdict_nothing_to_verify;
  return right ? exit_done : exit_no;
}

} // namespace autopass
