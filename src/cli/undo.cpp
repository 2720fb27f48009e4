// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/plan_store.h"
#include "output.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>

namespace autopass {

Result<int> execute(const UndoArguments& arguments) {
  const std::string target = absolute(arguments.target, working_folder());
  const Error nothing{"there are no plans of " + target,
                      "autopass show: plans belong to the path at which the program was tuned", {}};
  if (!exists(plans_path())) {
    return tl::make_unexpected(nothing);
  }
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY(const auto slices, store.slices());
  long removed = 0;
  for (const auto& key : slices) {
    TRY(const auto plans, store.plans(key));
    const auto ours = std::count_if(plans.begin(), plans.end(),
                                    [&](const StoredPlan& plan) { return plan.target == target; });
    if (ours > 0) {
      TRY_VOID(store.replace(key, target, {}));
      removed += ours;
    }
  }
  // Even when nothing is left to remove: an undo that was stopped before this line has removed the
  // plans from the store, and compiles still read them in the snapshot.
  TRY_VOID(store.publish(snapshot_path()));
  if (removed == 0) {
    return tl::make_unexpected(nothing);
  }
  print(format("removed %ld plan%s of ", removed, removed == 1 ? "" : "s") + target +
        "\nobjects that are built already keep them until they are compiled again\n");
  return exit_done;
}

} // namespace autopass
