// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "look_up.h"

#include "cache/slice_place.h"
#include "cache/snapshot.h"
#include "plan/plan_file.h"
#include "util/file.h"
#include "util/paths.h"

namespace autopass {

// The cheapest question first: most compiles of most users end at the first two.
Slice look_up(const Compiler& compiler, const std::string& source, const std::string& folder) {
  Slice slice;
  const auto none = [&](Reason reason) {
    slice.reason = reason;
    return slice;
  };
  const std::string by_hand = plan_file_path();
  auto snapshot = Snapshot::open(snapshot_path());
  // Even with plans written by hand it is the snapshot that knows which plugin is for this compiler.
  if (!snapshot) {
    const auto reason = reason_called(snapshot.error().reason);
    return none(!by_hand.empty() && reason == Reason::NoSnapshot ? Reason::CompilerUnknown : reason);
  }
  const auto no_plans = by_hand.empty() ? snapshot->empty() : Result<bool>(false);
  if (!no_plans || *no_plans) {
    return none(no_plans ? Reason::NoPlans : reason_called(no_plans.error().reason));
  }
  const auto identity = identify_compiler(compiler.path);
  const auto answer = identity ? snapshot->standing(*identity) : judge({}, {});
  if (!answer || !answer->reason.empty()) {
    return none(reason_called(answer ? answer->reason : answer.error().reason));
  }
  const Standing& standing = *answer;
  auto project = project_around(source, folder);
  const auto place = project ? slice_place(*project) : tl::make_unexpected(project.error());
  if (!place) {
    return none(place.error().reason == "project-not-trusted" ? Reason::ProjectNotTrusted
                                                              : Reason::ProjectUnreadable);
  }
  slice.project = std::move(*project);
  slice.scope = place->scope;
  if (by_hand.empty()) {
    const auto cpu = snapshot->cpu();
    slice.cpu = !place->cpu.empty() || !cpu ? place->cpu : cpu->value_or("");
    const auto digest = snapshot->slice({slice.scope, slice.cpu, standing.llvm_major});
    if (!cpu || !digest || !*digest) {
      return none(cpu && digest ? Reason::ScopeNotFound : Reason::SnapshotCorrupt);
    }
    slice.digest = (*digest)->hex();
  } else {
    const auto content = read_file(by_hand, largest_plan_file);
    if (!content) {
      return none(Reason::PlanFileUnreadable);
    }
    slice.digest = hash_text(*content).hex();
  }
  // Relative only when /proc is not there; then it would be somebody else's file.
  if (standing.plugin[0] != '/') {
    slice.digest.clear();
    return none(Reason::PluginMissing);
  }
  slice.plugin = standing.plugin;
  slice.llvm_major = standing.llvm_major;
  slice.linker = standing.linker;
  return slice;
}

} // namespace autopass
