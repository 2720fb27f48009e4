// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pass manager asks before every optional pass, once for each loop in the case of a loop pass;
// each question is one run of the pass on the function, whatever the answer. Passes of a default half
// that the plan replaces do not count; what works on a component of the call graph, the inliner first of
// all, is in neither half.
#include "skip.h"

#include "unit.h"

namespace autopass {

using namespace llvm;

namespace {

using RunCounts = std::map<std::pair<const Function*, std::string>, std::int64_t>;

bool should_run(const Compilation& compilation, RunCounts& runs, StringRef pass, const Any& unit) {
  const Function* function = function_of(unit);
  if (function != nullptr && !is_component(unit) && compilation.pipelines.leaves_out(*function)) {
    return false;
  }
  const AppliedPlan* plan = function != nullptr ? compilation.plans.of(*function) : nullptr;
  if (plan == nullptr || plan->plan.pipeline.skip.empty()) {
    return true;
  }
  return !plan->skips(pass, ++runs[{function, pass.str()}]);
}

} // namespace

void skip_passes(PassInstrumentationCallbacks& callbacks,
                 std::shared_ptr<Compilation> compilation) {
  callbacks.registerShouldRunOptionalPassCallback(
      [compilation, runs = RunCounts()](StringRef pass, Any unit) mutable {
        return should_run(*compilation, runs, pass, unit);
      });
}

} // namespace autopass
