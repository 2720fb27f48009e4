// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiles the file that a function is in twice, in scratch and as its build did: without plans, and
// with the function's plan. What the compiler said and wrote is shown before and after.
#include "build/machine_model.h"
#include "function_place.h"
#include "output.h"
#include "plan/plan_file.h"
#include "record.h"
#include "report/function_view.h"
#include "report/layout.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

constexpr double compile_timeout = 600;

struct Asked {
  FunctionPlace place;
  std::map<std::string, Plan> plans; // by symbol or by what people call it
  std::string origin;                // where they are from, in words
};

// The evidence of the function that `name` means.
const FunctionEvidence* find_evidence(const std::vector<FunctionEvidence>& functions,
                                      const std::string& name) {
  const auto found =
      std::find_if(functions.begin(), functions.end(), [&](const FunctionEvidence& one) {
        return is_called(one.function, name);
      });
  return found == functions.end() ? nullptr : &*found;
}

Error not_known(const std::string& name) {
  return {"no object that a recorded compile wrote has a function " + name,
          "build it with autopass-clang; C++ functions can be named with or without parameters",
          "function-not-known"};
}

Result<std::map<std::string, Plan>> read_plans(const std::string& path) {
  TRY(const std::string text, read_file(path, largest_plan_file));
  TRY(const PlanFile file, parse_plan_file(text));
  std::map<std::string, Plan> plans;
  for (const auto& [name, plan] : file.functions) {
    if (!plan) {
      return fail(path + ", function " + name + ": " + plan.error().what,
                  "autopass plan check " + shell_quote(path), plan.error().reason);
    }
    plans.emplace(name, *plan);
  }
  return plans;
}

// The plan and the place that belong together: what is published for a program wins over others.
Result<Asked> choose(const DiffArguments& arguments) {
  TRY(BuildRecord record, open_build_record());
  TRY(auto places, find_function(record, arguments.function, working_folder()));
  if (places.empty()) {
    return tl::make_unexpected(not_known(arguments.function));
  }
  if (!arguments.plan.empty()) {
    TRY(auto plans, read_plans(absolute(arguments.plan, working_folder())));
    return Asked{places.front(), std::move(plans), "the file " + arguments.plan};
  }
  TRY(const auto published, published_plans());
  const auto ours = plans_called(published, arguments.function);
  for (const FunctionPlace& place : places) {
    for (const PublishedPlan& one : ours) {
      if (one.key == place.key && is_called(one.plan.function, place.symbol)) {
        return Asked{place, {{one.plan.function, one.plan.plan}}, "published for " + one.plan.target};
      }
    }
  }
  const std::string next = "autopass diff " + shell_quote(arguments.function) +
                           " --plan FILE, with a plan of your own; or autopass tune";
  if (ours.empty()) {
    return fail("there is no plan for " + arguments.function, next, "no-plan");
  }
  return fail("the plan for " + arguments.function + " is of another project, cpu or LLVM than the "
              "compile of " + places.front().unit.source, next, "no-plan");
}

struct Looked {
  std::vector<FunctionEvidence> functions;
  std::string assembly;
};

Result<Looked> look(const UnitInspector& inspector, const Asked& asked,
                    const std::vector<StoredPlan>& plans, const std::string& folder) {
  TRY(const Inspected inspected, inspector.look(asked.place.unit, plans, folder));
  Looked looked;
  TRY(looked.functions, parse_evidence(inspected.evidence));
  looked.assembly = inspected.assembly;
  return looked;
}

// Plans for the functions as this compile has them; an Error when that of the function itself is not
// among them.
Result<std::vector<StoredPlan>> stored(const Asked& asked, const Looked& before) {
  std::vector<StoredPlan> plans;
  bool ours = false;
  for (const auto& [name, plan] : asked.plans) {
    const FunctionEvidence* function = find_evidence(before.functions, name);
    if (function == nullptr) {
      continue;
    }
    StoredPlan one;
    one.fingerprint = function->fingerprint;
    one.context = function->context;
    one.plan = plan;
    one.function = function->function;
    plans.push_back(std::move(one));
    ours = ours || function->function == asked.place.symbol;
  }
  if (!ours) {
    return fail("no plan from " + asked.origin + " is for " + asked.place.symbol,
                "autopass plan check FILE", "no-plan");
  }
  return plans;
}

Result<FunctionView> view_of(const Looked& looked, const Asked& asked, bool mca,
                             const std::string& scratch) {
  const FunctionEvidence* evidence = find_evidence(looked.functions, asked.place.symbol);
  if (evidence == nullptr) {
    return tl::make_unexpected(not_known(asked.place.symbol));
  }
  FunctionView view{*evidence, function_code(looked.assembly, asked.place.symbol), {}};
  if (mca && !view.code.hot_loop.empty()) {
    TRY(view.machine_model, machine_model(view.code.hot_loop, asked.place.key.cpu,
                                          asked.place.key.llvm_major, scratch));
  }
  return view;
}

void print_result(const DiffArguments& arguments, const Asked& asked, const StoredPlan& plan,
                  const FunctionView& before, const FunctionView& after) {
  const bool same = before.code.lines == after.code.lines;
  if (arguments.json) {
    print_json({{"function", plan.function},
                {"source", asked.place.unit.source},
                {"fingerprint", plan.fingerprint.hex()},
                {"context", plan.context.hex()},
                {"plan", nlohmann::ordered_json::parse(autopass::print(plan.plan))},
                {"origin", asked.origin},
                {"same_code", same},
                {"parts", difference_json(before, after)}});
    return;
  }
  std::string text = wrapped("function  ", readable(plan.function)) +
                     wrapped("source    ", asked.place.unit.source) +
                     wrapped("plan      ", join(elements(plan.plan), "; ")) +
                     wrapped("from      ", asked.origin);
  text += same ? "code      the same instructions with and without the plan\n" : "";
  print(text + difference_text(before, after, terminal_width()));
}

} // namespace

Result<int> execute(const DiffArguments& arguments) {
  TRY(const Asked asked, choose(arguments));
  TRY(const ScratchFolder scratch, ScratchFolder::create("autopass-diff"));
  TRY(const UnitInspector inspector,
      UnitInspector::create(scratch.path(), asked.place.key, compile_timeout));
  TRY(const Looked before, look(inspector, asked, {}, "before"));
  TRY(const auto plans, stored(asked, before));
  TRY(const Looked after, look(inspector, asked, plans, "after"));
  TRY(const FunctionView old_view, view_of(before, asked, arguments.mca, scratch.path()));
  TRY(const FunctionView new_view, view_of(after, asked, arguments.mca, scratch.path()));
  const auto ours = std::find_if(plans.begin(), plans.end(), [&](const StoredPlan& plan) {
    return plan.function == asked.place.symbol;
  });
  print_result(arguments, asked, *ours, old_view, new_view);
  return exit_done;
}

} // namespace autopass
