// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pass manager asks before every optional pass, once for each loop in the case of a loop pass;
// each question is one run of the pass on the function, whatever the answer. Passes of a default half
// that the plan replaces do not count; what works on a component of the call graph, the inliner first of
// all, is in neither half.
#include "skip.h"

#include "unit.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/IR/ValueMap.h>

#include <memory>

namespace autopass {

using namespace llvm;

namespace {

// A function that is deleted takes its counts along: the next one may be made at the same address.
using RunCounts = ValueMap<const Function*, StringMap<std::int64_t>>;

bool should_run(const Compilation& compilation, RunCounts& runs, StringRef pass, const Any& unit) {
  const Function* function = function_of(unit);
  if (function != nullptr && !is_component(unit) && compilation.pipelines.leaves_out(*function)) {
    return false;
  }
  const AppliedPlan* plan = function != nullptr ? compilation.plans.of(*function) : nullptr;
  if (plan == nullptr || plan->plan.pipeline.skip.empty()) {
    return true;
  }
  return !plan->skips(pass, ++runs[function][pass]);
}

} // namespace

void skip_passes(PassInstrumentationCallbacks& callbacks,
                 std::shared_ptr<Compilation> compilation) {
  callbacks.registerShouldRunOptionalPassCallback(
      [compilation, runs = std::make_unique<RunCounts>()](StringRef pass, Any unit) {
        return should_run(*compilation, *runs, pass, unit);
      });
}

} // namespace autopass
