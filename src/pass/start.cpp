// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs before any other pass, on the front end's IR. First every function is looked at, then
// functions are changed: a tag on one must not be seen in the context of another.
#include "attrs.h"
#include "cache/snapshot.h"
#include "compilation.h"
#include "context.h"
#include "fork.h"
#include "loop_pragma.h"
#include "mutate.h"
#include "plant.h"
#include "util/paths.h"

#include <llvm/IR/Constants.h>

#include <set>

namespace autopass {

using namespace llvm;

namespace {

// Functions that the source excludes: __attribute__((annotate("autopass:off"))).
std::set<const Function*> switched_off(const Module& module) {
  std::set<const Function*> functions;
  const GlobalVariable* all = module.getGlobalVariable("llvm.global.annotations");
  const auto* list = all != nullptr && all->hasInitializer()
                         ? dyn_cast<ConstantArray>(all->getInitializer())
                         : nullptr;
  if (list == nullptr) {
    return functions;
  }
  for (const Use& entry : list->operands()) {
    const auto* annotation = dyn_cast<ConstantStruct>(entry.get());
    if (annotation == nullptr || annotation->getNumOperands() < 2) {
      continue;
    }
    const auto* function = dyn_cast<Function>(annotation->getOperand(0)->stripPointerCasts());
    const auto* text = dyn_cast<GlobalVariable>(annotation->getOperand(1)->stripPointerCasts());
    const auto* bytes = text != nullptr && text->hasInitializer()
                            ? dyn_cast<ConstantDataSequential>(text->getInitializer())
                            : nullptr;
    if (function != nullptr && bytes != nullptr && bytes->isCString() &&
        bytes->getAsCString() == "autopass:off") {
      functions.insert(function);
    }
  }
  return functions;
}

// Why a function is none of our business, if so.
std::optional<FunctionCount> excluded(const Function& function,
                                      const std::set<const Function*>& off) {
  if (off.count(&function) != 0) {
    return FunctionCount::SwitchedOff;
  }
  if (function.hasOptNone()) {
    return FunctionCount::Optnone;
  }
  if (function.hasFnAttribute(Attribute::Naked)) {
    return FunctionCount::Naked;
  }
  if (function.isPresplitCoroutine()) {
    return FunctionCount::Coroutine;
  }
  for (const Attribute attribute : function.getAttributes().getFnAttrs()) {
    if (attribute.isEnumAttribute() &&
        Attribute::getNameFromAttrKind(attribute.getKindAsEnum()).starts_with("sanitize_")) {
      return FunctionCount::Sanitized;
    }
  }
  return std::nullopt;
}

// Bitcode for a link-time optimisation: its second half would run without us.
bool is_for_lto(const Module& module) {
  return module.getModuleFlag("EnableSplitLTOUnit") != nullptr ||
         module.getModuleFlag("ThinLTO") != nullptr || module.getModuleFlag("UnifiedLTO") != nullptr;
}

struct Named {
  Function* function;
  Digest fingerprint;
};

std::vector<Named> name_functions(Compilation& compilation, Module& module,
                                  Fingerprinter& fingerprints) {
  std::vector<Named> named;
  const std::set<const Function*> off = switched_off(module);
  for (Function& function : module) {
    if (function.isDeclarationForLinker()) {
      continue;
    }
    ++compilation.functions;
    if (const auto reason = excluded(function, off)) {
      compilation.count(*reason);
      continue;
    }
    named.push_back({&function, fingerprints.function(function)});
  }
  return named;
}

// What is left, attributes and settings of the code generator, has no say in what becomes of a loop.
bool changes_loops(const Plan& plan) {
  return !plan.params.empty() || !plan.skip.empty() || !plan.loops.empty();
}

std::optional<Plan> find_plan(Compilation& compilation, Snapshot& snapshot, const Named& named,
                              Contexts& contexts) {
  if (!snapshot.holds_function(*compilation.slice, named.fingerprint)) {
    compilation.count(FunctionCount::NoPlan);
    return std::nullopt;
  }
  const Digest context = contexts.of(*named.function);
  auto found = snapshot.find(*compilation.slice, named.fingerprint, context);
  const bool fits = found && *found;
  compilation.found.push_back(
      {named.fingerprint.hex(), context.hex(), fits ? digest(**found).hex() : std::string()});
  if (!found) {
    ++compilation.counts[found.error().reason];
    return std::nullopt;
  }
  if (!*found) {
    compilation.count(FunctionCount::ContextChanged);
    return std::nullopt;
  }
  // Without one of its settings it would be a plan that nobody measured.
  if (!has_options((*found)->params) || !has_options((*found)->codegen)) {
    compilation.count(FunctionCount::OptionUnknown);
    return std::nullopt;
  }
  if (changes_loops(**found) && has_loop_pragma(*named.function)) {
    compilation.count(FunctionCount::LoopPragma);
    return std::nullopt;
  }
  return std::move(*found);
}

void apply_plans(Compilation& compilation, const Module& module, const std::vector<Named>& all, Contexts& contexts) {
  auto snapshot = Snapshot::open(snapshot_path());
  if (!snapshot) {
    ++compilation.counts[snapshot.error().reason];
    return;
  }
  std::vector<std::pair<Function*, Plan>> found;
  for (const Named& named : all) {
    compilation.fingerprints.insert(named.fingerprint);
    if (auto plan = find_plan(compilation, *snapshot, named, contexts); plan && !plan->empty()) {
      found.emplace_back(named.function, std::move(*plan));
    }
  }
  if (found.empty()) {
    return;
  }
  if (const auto failure = fork_for_plans(module)) {
    compilation.count(*failure, static_cast<std::int64_t>(found.size()));
    return;
  }
  // From here on we are the child, and may fail.
  std::vector<const Function*> planned;
  for (const auto& [function, plan] : found) {
    planned.push_back(function);
  }
  compilation.postconditions = std::make_unique<Postconditions>(module, planned);
  fail_at_exit_if_planted();
  for (const auto& [function, plan] : found) {
    const AppliedPlan& applied = compilation.plans.tag(*function, plan);
    set_attributes(*function, plan.attrs);
    compilation.count(FunctionCount::Applied);
    compilation.count(FunctionCount::OptionLeftOut,
                      applied.params.left_out + applied.codegen.left_out);
  }
}

} // namespace

void start(Compilation& compilation, Module& module, OptimizationLevel level) {
  if (is_for_lto(module)) {
    compilation.count(FunctionCount::ForLto);
    return;
  }
  Fingerprinter fingerprints(module);
  Contexts contexts(module, level, fingerprints);
  const std::vector<Named> all = name_functions(compilation, module, fingerprints);
  if (compilation.evidence) {
    for (const Named& named : all) {
      compilation.evidence->begin(*named.function, named.fingerprint, contexts.of(*named.function));
    }
  }
  if (compilation.slice) {
    apply_plans(compilation, module, all, contexts);
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
