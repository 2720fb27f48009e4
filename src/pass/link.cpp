// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A link builds a pipeline for each module that it optimises, each in a thread of its own, and asks us to each.
// So everything here belongs to one builder, and nothing is shared between them but what has become of an earlier
// start. lto.cpp tells what may be done in a link at all; a link of functions without notes is stock's.
#include "link.h"

#include "cache/records.h"
#include "cache/spool.h"
#include "compilation.h"
#include "diagnostics.h"
#include "loops.h"
#include "loop_pragma.h"
#include "lto.h"
#include "plan_guard.h"
#include "second_start.h"
#include "unit.h"
#include "util/paths.h"

#include <llvm/ADT/StringSet.h>

#include <algorithm>
#include <unistd.h>

namespace autopass {

using namespace llvm;

namespace {

void count_for_link(FunctionCount reason) {
  append(chosen_spool(), CountRecord{{std::string(name_of(reason))}});
}

// From the first note on; a link without any pays nothing, and crashes as ever.
bool is_protected() {
  static const bool link = [] {
    const bool done = protect_link();
    if (!done) {
      count_for_link(FunctionCount::PlanUnprotected);
    }
    return done;
  }();
  [[maybe_unused]] static thread_local const bool thread = link && use_another_stack();
  return link;
}

struct LinkedModule {
  explicit LinkedModule(const PassBuilder& builder) : compilation(std::make_shared<Compilation>(builder)) {}

  // Null: nothing is noted on it, or nothing valid, or the link could not begin again.
  const Plan* plan_of(const Function& function) {
    const StringRef text = noted_text(function);
    if (text.empty() || !is_protected()) {
      return nullptr;
    }
    const auto [place, is_new] = m_by_text.try_emplace(text.str());
    if (is_new) {
      place->second = noted_for_link(function);
    }
    return place->second ? &*place->second : nullptr;
  }

  // Clang owes the user a warning where a pragma of his is not followed (loop_pragma.h), and in a link one
  // comes with what is inlined from another file. Our own hints look like one, and are in no function that has one
  // (loops.cpp).
  bool has_pragma(const Function& function) const {
    return !compilation->hinted.contains(function.getName().str()) &&
           has_loop_pragma(function, Pragmas::Requests);
  }

  std::shared_ptr<Compilation> compilation; // for its counters, and names of functions with a hint
  StringSet<> kept_for_pragma;

private:
  std::map<std::string, std::optional<Plan>> m_by_text;
};
using SharedModule = std::shared_ptr<LinkedModule>;

// Warnings that our hints would cause are nobody's; after any other that may come of a plan the link begins again.
struct LinkStart : PassInfoMixin<LinkStart> {
  SharedModule linked;
  explicit LinkStart(SharedModule module) : linked(std::move(module)) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager&) {
    const auto has_plan = [linked = linked](const Function& function) { return linked->plan_of(function) != nullptr; };
    if (any_of(module, has_plan)) {
      const auto is_planned = [has_plan](const Function* function) { return function == nullptr || has_plan(*function); };
      listen(module.getContext(), linked->compilation, is_planned, Filtering::ByContext);
    }
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

struct LinkLoops : PassInfoMixin<LinkLoops> {
  SharedModule linked;
  explicit LinkLoops(SharedModule module) : linked(std::move(module)) {}

  PreservedAnalyses run(Function& function, FunctionAnalysisManager&) {
    const Plan* plan = linked->plan_of(function);
    if (plan != nullptr && !plan->loops.empty()) {
      Fingerprinter fingerprints(*function.getParent());
      hint_loops(*linked->compilation, function, plan->loops, /*may_ask_for_width=*/false, fingerprints);
    }
    return PreservedAnalyses::all(); // metadata is no part of any analysis
  }
  static bool isRequired() { return true; }
};

struct LinkEnd : PassInfoMixin<LinkEnd> {
  SharedModule linked;
  explicit LinkEnd(SharedModule module) : linked(std::move(module)) {}

  PreservedAnalyses run(Module& module, ModuleAnalysisManager&) {
    Compilation& compilation = *linked->compilation;
    for (const Function& function : module) {
      if (!function.isDeclarationForLinker() && linked->plan_of(function) != nullptr) {
        compilation.count(FunctionCount::LinkApplied);
      }
    }
    CountRecord record;
    for (const auto& [name, count] : compilation.counts) {
      record.names.insert(record.names.end(), static_cast<std::size_t>(count), name);
    }
    if (!record.names.empty()) {
      append(chosen_spool(), record);
    }
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

bool may_run(LinkedModule& linked, StringRef pass, const Any& unit) {
  const Function* function = function_of(unit);
  const Plan* plan = function != nullptr ? linked.plan_of(*function) : nullptr;
  if (plan == nullptr || none_of(plan->pipeline.skip, [&](const Skip& skip) { return pass == skip.pass; })) {
    return true;
  }
  if (!linked.has_pragma(*function)) {
    return false;
  }
  if (linked.kept_for_pragma.insert(function->getName()).second) {
    linked.compilation->count(FunctionCount::LoopPragma);
  }
  return true;
}

} // namespace

bool is_link() {
  char path[4096];
  const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  const std::string name = size > 0 ? base_name({path, static_cast<std::size_t>(size)}) : std::string();
  return name.starts_with("lld") || name.starts_with("ld.lld");
}

void follow_link(PassBuilder& builder, PassInstrumentationCallbacks& callbacks) {
  static const bool has_failed = [] { // by the first thread; the others wait for it
    const auto failure = link_failure();
    if (failure) {
      count_for_link(*failure);
    }
    return failure.has_value();
  }();
  if (has_failed) {
    return;
  }
  const auto linked = std::make_shared<LinkedModule>(builder);
  const auto at_start = [linked](ModulePassManager& passes, auto...) { passes.addPass(LinkStart(linked)); };
  builder.registerOptimizerEarlyEPCallback(at_start);
  builder.registerFullLinkTimeOptimizationEarlyEPCallback(at_start);
  builder.registerVectorizerStartEPCallback(
      [linked](FunctionPassManager& passes, OptimizationLevel) { passes.addPass(LinkLoops(linked)); });
  const auto at_end = [linked](ModulePassManager& passes, OptimizationLevel level, auto...) {
    if (level != OptimizationLevel::O0) { // where nothing was done
      passes.addPass(LinkEnd(linked));
    }
  };
  builder.registerOptimizerLastEPCallback(at_end);
  builder.registerFullLinkTimeOptimizationLastEPCallback(at_end);
  callbacks.registerShouldRunOptionalPassCallback(
      [linked](StringRef pass, const Any& unit) { return may_run(*linked, pass, unit); });
}

} // namespace autopass
