// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/build_record.h"
#include "cache/clock.h"
#include "cache/spool.h"
#include "compilation.h"
#include "loops.h"
#include "util/paths.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Verifier.h>

#include <cstdlib>

namespace autopass {

using namespace llvm;

namespace {

void append_record(const Compilation& compilation) {
  const std::string spool = chosen_spool();
  if (spool.empty()) {
    return;
  }
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
  append(spool, record);
}

} // namespace

// Nothing can be undone here. It is met in the tuning session, which refuses the candidate.
void check_planned(Compilation& compilation, Module& module) {
  for (Function& function : module) {
    if (compilation.plans.of(function) != nullptr && verifyFunction(function)) {
      module.getContext().emitError("autopass: the plan of function '" + function.getName() +
                                    "' made IR that does not verify; compile with AUTOPASS=off");
    }
  }
}

void finish(Compilation& compilation, Module& module) {
  check_planned(compilation, module);
  if (compilation.phase == Phase::BeforeFullLink) {
    forget_hints(compilation, module);
  }
  if (compilation.evidence) {
    for (const Function& function : module) {
      if (!function.isDeclaration()) {
        compilation.evidence->optimised(function);
      }
    }
    compilation.evidence->write();
  }
  if (compilation.slice) {
    append_record(compilation);
  }
}

} // namespace autopass
