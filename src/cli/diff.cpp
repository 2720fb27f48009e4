// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiles the file that a function is in twice, in scratch and as its build did: without plans, and
// with the function's plan. What the compiler said and wrote is shown before and after.
#include "build/inspection.h"
#include "build/machine_model.h"
#include "cache/function_counts.h"
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
#include <map>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

constexpr double compile_timeout = 600;

// The place and the plan that belong together.
struct Asked {
  FunctionPlace place;
  std::string file;                     // of plans by hand; empty: `published` it is
  std::vector<PublishedPlan> published; // of that name, where a compile of the place looks
  Plan plan;                            // by hand
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

Result<Asked> choose_by_hand(const DiffArguments& arguments, const FunctionPlace& place) {
  const std::string path = absolute(arguments.plan, working_folder());
  TRY(const std::string text, read_file(path, largest_plan_file));
  TRY(const PlanFile file, parse_plan_file(text));
  for (const auto& [name, plan] : file.functions) {
    if (!is_called(place.symbol, name)) {
      continue;
    }
    if (!plan) {
      return fail(path + ", function " + name + ": " + plan.error().what,
                  "autopass plan check " + shell_quote(path), plan.error().reason);
    }
    return Asked{place, path, {}, *plan};
  }
  return fail("no plan in " + path + " is for " + place.symbol,
              "autopass plan check " + shell_quote(path), "no-plan");
}

Result<Asked> choose_published(const DiffArguments& arguments,
                               const std::vector<FunctionPlace>& places) {
  TRY(const auto published, published_plans());
  const auto ours = plans_called(published, arguments.function);
  for (const FunctionPlace& place : places) {
    Asked asked{place, {}, {}, {}};
    std::copy_if(ours.begin(), ours.end(), std::back_inserter(asked.published),
                 [&](const PublishedPlan& one) {
                   return one.key == place.key && is_called(one.plan.function, place.symbol);
                 });
    if (!asked.published.empty()) {
      return asked;
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

Result<Asked> choose(const DiffArguments& arguments) {
  TRY(BuildRecord record, open_build_record());
  TRY(const auto places, find_function(record, arguments.function, working_folder()));
  if (places.empty()) {
    return tl::make_unexpected(not_known(arguments.function));
  }
  return arguments.plan.empty() ? choose_published(arguments, places)
                                : choose_by_hand(arguments, places.front());
}

struct Looked {
  std::vector<FunctionEvidence> functions;
  std::string assembly;
  std::map<std::string, std::int64_t> counts;
};

Result<Looked> read(const Inspected& inspected) {
  Looked looked;
  TRY(looked.functions, parse_evidence(inspected.evidence));
  looked.assembly = inspected.assembly;
  looked.counts = inspected.counts;
  return looked;
}

// By the same rules as in a build: a plan for what the function was when it was confirmed is no plan
// for what it is now.
Result<Inspected> look_with_plan(const UnitInspector& inspector, const Asked& asked) {
  if (!asked.file.empty()) {
    return inspector.look_by_hand(asked.place.unit, asked.file, "after");
  }
  std::vector<StoredPlan> plans;
  for (const PublishedPlan& one : asked.published) {
    plans.push_back(one.plan);
  }
  return inspector.look(asked.place.unit, plans, "after");
}

// Of several published ones that of the function as it is; none is: the first.
StoredPlan plan_of(const Asked& asked, const FunctionEvidence& function) {
  if (!asked.file.empty()) {
    StoredPlan plan;
    plan.fingerprint = function.fingerprint;
    plan.context = function.context;
    plan.plan = asked.plan;
    plan.function = function.function;
    return plan;
  }
  for (const PublishedPlan& one : asked.published) {
    if (one.plan.fingerprint == function.fingerprint && one.plan.context == function.context) {
      return one.plan;
    }
  }
  return asked.published.front().plan;
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

// "applied 1, loop-changed 1": a plan that was left out, or a part of one, is told from one without
// an effect.
std::string counted(const std::map<std::string, std::int64_t>& counts) {
  std::vector<std::string> words;
  for (const auto& [name, count] : counts) {
    if (count > 0 && name != name_of(FunctionCount::NoPlan)) {
      words.push_back(name + " " + std::to_string(count));
    }
  }
  return words.empty() ? "nothing applied: no function in the file is what the plan is for now"
                       : join(words, ", ");
}

void print_result(const DiffArguments& arguments, const Asked& asked,
                  const std::map<std::string, std::int64_t>& counts, const FunctionView& before,
                  const FunctionView& after) {
  const bool same = before.code.lines == after.code.lines;
  const StoredPlan plan = plan_of(asked, before.evidence);
  const std::string origin =
      asked.file.empty() ? "published for " + plan.target : "the file " + arguments.plan;
  if (arguments.json) {
    print_json({{"function", plan.function},
                {"source", asked.place.unit.source},
                {"fingerprint", plan.fingerprint.hex()},
                {"context", plan.context.hex()},
                {"plan", nlohmann::ordered_json::parse(autopass::print(plan.plan))},
                {"origin", origin},
                {"counts", counts},
                {"same_code", same},
                {"parts", difference_json(before, after)}});
    return;
  }
  std::string text = wrapped("function  ", readable(plan.function)) +
                     wrapped("source    ", asked.place.unit.source) +
                     wrapped("plan      ", join(elements(plan.plan), "; ")) +
                     wrapped("from      ", origin) + wrapped("counted   ", counted(counts));
  text += same ? "code      the same instructions with and without the plan\n" : "";
  print(text + difference_text(before, after, terminal_width()));
}

} // namespace

Result<int> execute(const DiffArguments& arguments) {
  TRY(const Asked asked, choose(arguments));
  TRY(const ScratchFolder scratch, ScratchFolder::create("autopass-diff"));
  TRY(const UnitInspector inspector,
      UnitInspector::create(scratch.path(), asked.place.key, compile_timeout));
  TRY(const Inspected stock, inspector.look(asked.place.unit, {}, "before"));
  TRY(const Inspected planned, look_with_plan(inspector, asked));
  TRY(const Looked before, read(stock));
  TRY(const Looked after, read(planned));
  TRY(const FunctionView old_view, view_of(before, asked, arguments.mca, scratch.path()));
  TRY(const FunctionView new_view, view_of(after, asked, arguments.mca, scratch.path()));
  print_result(arguments, asked, after.counts, old_view, new_view);
  return exit_done;
}

} // namespace autopass
