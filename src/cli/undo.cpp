// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/plan_store.h"
#include "output.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>

namespace autopass {

namespace {

// How many plans the target had.
Result<long> remove_plans(PlanStore& store, const std::string& target) {
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
  return removed;
}

Result<long> allow_denied(PlanStore& store, const std::string& target) {
  TRY(const std::size_t entries, store.allow(target));
  return static_cast<long>(entries);
}

std::string in_words(const UndoArguments& arguments, long removed, const std::string& target) {
  return arguments.denied
             ? format("%ld entr%s of the deny list removed, found for ", removed,
                      removed == 1 ? "y" : "ies") +
                   target + "\nsessions may try that again\n"
             : format("removed %ld plan%s of ", removed, removed == 1 ? "" : "s") + target +
                   "\nobjects that are built already keep them until they are compiled again\n";
}

} // namespace

Result<int> execute(const UndoArguments& arguments) {
  const std::string target = absolute(arguments.target, working_folder());
  const Error nothing =
      arguments.denied
          ? Error{"nothing on the deny list was found for " + target,
                  "autopass show: entries name the program that they were found for", {}}
          : Error{"there are no plans of " + target,
                  "autopass show: plans belong to the path at which the program was tuned", {}};
  if (!exists(plans_path())) {
    return tl::make_unexpected(nothing);
  }
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY(const long removed,
      arguments.denied ? allow_denied(store, target) : remove_plans(store, target));
  // Even when nothing is left to remove: an undo that was stopped before this line has removed it
  // from the store, and the snapshot still has it.
  TRY_VOID(store.publish(snapshot_path()));
  if (removed == 0) {
    return tl::make_unexpected(nothing);
  }
  print(in_words(arguments, removed, target));
  return exit_done;
}

} // namespace autopass
