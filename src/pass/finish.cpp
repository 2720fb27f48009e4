// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/build_record.h"
#include "cache/clock.h"
#include "compilation.h"
#include "loops.h"
#include "plant.h"
#include "profile.h"
#include "second_start.h"

#include <cstdlib>

namespace autopass {

using namespace llvm;

namespace {

void append_record(const Compilation& compilation) {
  PluginRecord record;
  // LLVM does not say where the object goes; the wrapper does.
  const char* output = std::getenv(output_variable);
  record.output = output != nullptr ? output : "";
  record.slice = compilation.slice->hex();
  record.functions = compilation.functions;
  for (const auto& [name, count] : compilation.counts) {
    if (count > 0) {
      record.counts[name] = count;
    }
  }
  record.prints = prints_of(compilation.fingerprints);
  record.plans = compilation.found;
  record.time_ns = now_ns();
  append_when_done(record);
}

} // namespace

void finish(Compilation& compilation, Module& module) {
  fail_if_planted(Place::Pipeline, module, compilation.plans);
  if (compilation.postconditions) {
    const std::string broken = compilation.postconditions->broken(module, compilation.plans);
    if (!broken.empty()) {
      start_again(FunctionCount::PlanPostcondition, broken);
    }
  }
  if (compilation.lto == Lto::Full) {
    drop_open_hints(compilation, module);
  }
  if (compilation.evidence) {
    for (Function& function : module) {
      if (!function.isDeclaration()) {
        compilation.evidence->optimised(function);
      }
    }
    compilation.evidence->write();
  }
  for (Function& function : module) {
    const AppliedPlan* plan = compilation.plans.of(function);
    if (plan != nullptr && plan->plan.profile) {
      drop_entry_count(function);
    }
  }
  if (compilation.slice) {
    append_record(compilation);
  }
}

} // namespace autopass
