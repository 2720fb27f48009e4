// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs before any other pass, on the front end's IR. First every function is looked at, then
// functions are changed: a tag on one must not be seen in the context of another.
#include "attrs.h"
#include "by_hand.h"
#include "cache/snapshot.h"
#include "calls.h"
#include "codegen.h"
#include "compilation.h"
#include "context.h"
#include "counters.h"
#include "exclusion.h"
#include "instrumented.h"
#include "loop_pragma.h"
#include "mutate.h"
#include "plan/vocabulary.h"
#include "plant.h"
#include "profile.h"
#include "second_start.h"
#include "util/paths.h"

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

struct Named {
  Function* function;
  Digest fingerprint;
};

std::vector<Named> name_functions(Compilation& compilation, Module& module,
                                  Fingerprinter& fingerprints) {
  std::vector<Named> named;
  const FunctionSet off = switched_off(module);
  const bool measured = is_instrumented(module, compilation.settings);
  for (Function& function : module) {
    if (function.isDeclarationForLinker()) {
      continue;
    }
    ++compilation.functions;
    if (measured) {
      compilation.count(FunctionCount::Instrumented);
      continue;
    }
    if (const auto reason = excluded(function, off)) {
      compilation.count(*reason);
      continue;
    }
    named.push_back({&function, fingerprints.function(function)});
  }
  return named;
}

// What is left, other attributes and settings of the code generator, has no say in what becomes of a loop.
bool changes_loops(const Plan& plan) {
  return !plan.params.empty() || !plan.pipeline.empty() || !plan.loops.empty() ||
         !plan.calls.empty() || plan.profile ||
         any_of(plan.attrs, [](const Setting& attribute) { return is_for_size(attribute.name); });
}

// A function with its plan: for this compile, and for the link that may follow.
struct Planned {
  Function* function;
  Plan plan, link;
};
using Found = std::vector<Planned>;

// Counts why the function cannot have its plan.
bool can_have(Compilation& compilation, Function& function, const Plan& plan, Contexts& contexts) {
  if (!has_options(plan.params) || !has_options(codegen_options(plan))) {
    compilation.count(FunctionCount::OptionUnknown);
    return false;
  }
  if (const auto reason = compilation.pipelines.prepare(plan)) {
    compilation.count(*reason);
    return false;
  }
  if (compilation.lto != Lto::None && contexts.any(function, may_be_diagnosed)) {
    compilation.count(FunctionCount::LtoDiagnostics);
    return false;
  }
  const Pragmas which = compilation.settings.tuning.LoopUnrolling ? Pragmas::All : Pragmas::Requests;
  const auto has_pragma = [&](const Function& any) { return has_loop_pragma(any, which); };
  if (contexts.any(function, has_pragma)) {
    if (changes_loops(plan)) {
      compilation.count(FunctionCount::LoopPragma);
      return false;
    }
    compilation.with_pragma.insert(function.getName().str());
  }
  if (plan.profile && !profile_fits(*plan.profile, function)) {
    compilation.count(FunctionCount::ProfileChanged);
    return false;
  }
  return true;
}

// Where the user gave a profile, that one counts.
void take(Compilation& compilation, Function& function, Plan plan, Contexts& contexts, Found& found) {
  if (plan.profile && compilation.has_user_profile) {
    compilation.count(FunctionCount::ProfileLeftOut);
    plan.profile.reset();
  }
  PlanPhases phases = phases_of(plan, compilation.lto);
  if (!codegen_goes_by_function(*function.getParent())) {
    compilation.count(FunctionCount::CodegenLeftOut, static_cast<std::int64_t>(phases.compile.codegen.size()));
    phases.compile.codegen.clear();
  }
  if (!can_have(compilation, function, phases.compile, contexts)) {
    return;
  }
  compilation.count(FunctionCount::LtoLeftOut, static_cast<std::int64_t>(phases.left_out));
  found.push_back({&function, std::move(phases.compile), std::move(phases.link)});
}

void find_plan(Compilation& compilation, Snapshot& snapshot, const Named& named, Contexts& contexts,
               Found& found_so_far) {
  if (!snapshot.holds_function(*compilation.slice, named.fingerprint)) {
    compilation.count(FunctionCount::NoPlan);
    return;
  }
  const Digest context = contexts.of(*named.function);
  auto found = snapshot.find(*compilation.slice, named.fingerprint, context);
  const bool fits = found && *found;
  compilation.found.push_back(
      {named.fingerprint.hex(), context.hex(), fits ? digest(**found).hex() : std::string()});
  if (!found) {
    ++compilation.counts[found.error().reason];
  } else if (!*found) {
    compilation.count(FunctionCount::ContextChanged);
  } else {
    take(compilation, *named.function, std::move(**found), contexts, found_so_far);
  }
}

Found find_published(Compilation& compilation, const std::vector<Named>& all, Contexts& contexts) {
  Found found;
  auto snapshot = Snapshot::open(snapshot_path());
  if (!snapshot) {
    ++compilation.counts[snapshot.error().reason];
    return found;
  }
  for (const Named& named : all) {
    find_plan(compilation, *snapshot, named, contexts, found);
  }
  return found;
}

Found find_by_hand(Compilation& compilation, const std::vector<Named>& all, Contexts& contexts) {
  std::vector<Function*> functions;
  for (const Named& named : all) {
    functions.push_back(named.function);
  }
  Found found;
  auto plans = plans_by_hand(plan_file_path(), *compilation.slice, functions);
  if (!plans) {
    ++compilation.counts[plans.error().reason];
    return found;
  }
  for (const Named& named : all) {
    const auto place = plans->find(named.function);
    if (place == plans->end()) {
      compilation.count(FunctionCount::NoPlan);
      continue;
    }
    Result<Plan>& plan = place->second;
    compilation.found.push_back({named.fingerprint.hex(), contexts.of(*named.function).hex(),
                                 plan ? digest(*plan).hex() : std::string()});
    if (!plan) {
      ++compilation.counts[plan.error().reason];
    } else {
      take(compilation, *named.function, std::move(*plan), contexts, found);
    }
  }
  return found;
}

// Those that say something: an empty plan costs its look-up, and nothing else.
Found find_plans(Compilation& compilation, const std::vector<Named>& all, Contexts& contexts) {
  for (const Named& named : all) {
    compilation.fingerprints.insert(named.fingerprint);
  }
  Found found = plan_file_path().empty() ? find_published(compilation, all, contexts)
                                         : find_by_hand(compilation, all, contexts);
  std::erase_if(found, [](const Planned& one) { return one.plan.empty() && one.link.empty(); });
  return found;
}

// The calls of all functions before the attributes of any: a plan that keeps its function out of line, or
// tunes it for a processor, must not change what the plans of callers may have decided.
void decide_all_calls(Compilation& compilation, Module& module, const Found& found,
                      Fingerprinter& fingerprints) {
  const auto decides = [](const auto& one) { return !one.plan.calls.empty(); };
  if (std::none_of(found.begin(), found.end(), decides)) {
    return;
  }
  const FunctionSet in_cycles = functions_in_cycles(module);
  for (const auto& [function, plan, link] : found) {
    decide_calls(compilation, *function, plan, fingerprints, in_cycles);
  }
}

// From here on the compile may fail.
void apply_plans(Compilation& compilation, Module& module, const Found& found,
                 Fingerprinter& fingerprints) {
  fail_at_exit_if_planted();
  std::vector<const Function*> planned;
  for (const auto& [function, plan, link] : found) {
    planned.push_back(function);
    const AppliedPlan& applied = compilation.plans.tag(*function, plan);
    compilation.count(FunctionCount::Applied);
    compilation.count(FunctionCount::OptionLeftOut,
                      applied.params.left_out + applied.codegen.left_out);
  }
  decide_all_calls(compilation, module, found, fingerprints);
  for (const auto& [function, plan, link] : found) {
    set_attributes(*function, plan.attrs);
    if (plan.pipeline.polly) {
      keep_out_of_line(*function);
    }
    if (plan.profile) {
      set_profile(*function, *plan.profile);
    }
    note_for_link(*function, link);
    compilation.count(FunctionCount::LinkNoted, link.empty() ? 0 : 1);
  }
  // After the plans' own attributes, which passes may not take away either.
  compilation.postconditions = std::make_unique<Postconditions>(module, planned);
}

void find_and_apply_plans(Compilation& compilation, Module& module,
                          const std::vector<Named>& all, Contexts& contexts,
                          Fingerprinter& fingerprints) {
  const Found found = find_plans(compilation, all, contexts);
  if (found.empty()) {
    return;
  }
  if (const auto failure = protect_compile(module)) {
    compilation.count(*failure, static_cast<std::int64_t>(found.size()));
    return;
  }
  apply_plans(compilation, module, found, fingerprints);
}

} // namespace

void start(Compilation& compilation, Module& module, OptimizationLevel level) {
  resume_second_start();
  compilation.lto = lto_of(module);
  if (compilation.lto == Lto::Other) {
    compilation.count(FunctionCount::ForLto);
    return;
  }
  compilation.has_user_profile = has_user_profile(module, compilation.settings);
  Fingerprinter fingerprints(module);
  Contexts contexts(module, level, compilation.settings, fingerprints);
  const std::vector<Named> all = name_functions(compilation, module, fingerprints);
  if (compilation.evidence) {
    compilation.evidence->calls(module, fingerprints);
    for (const Named& named : all) {
      compilation.evidence->begin(*named.function, named.fingerprint, contexts.of(*named.function));
    }
  }
  if (compilation.slice) {
    find_and_apply_plans(compilation, module, all, contexts, fingerprints);
  }
  if (compilation.lto != Lto::None) {
    return; // sessions do not come here
  }
  if (!compilation.counting.empty() && !compilation.has_user_profile) {
    std::vector<Countable> countable;
    for (const Named& named : all) {
      countable.push_back({named.function, named.fingerprint, contexts.of(*named.function)});
    }
    static_cast<void>(count_branches(module, countable, compilation.counting));
  }
  if (compilation.breakage) {
    for (const Named& named : all) {
      if (named.fingerprint == compilation.breakage->function) {
        compilation.count(FunctionCount::Broken,
                          mutate(*named.function, compilation.breakage->mutation));
      }
    }
  }
}

} // namespace autopass
