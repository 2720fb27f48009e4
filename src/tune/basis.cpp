// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "basis.h"

#include "cache/slice_place.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace autopass {
namespace {

// What was chosen, the store's, else this machine's.
Result<std::string> cpu_of(const std::string& chosen, const std::string& compiler) {
  if (!chosen.empty()) {
    return chosen;
  }
  if (exists(plans_path())) {
    TRY(PlanStore store, PlanStore::open(plans_path()));
    TRY(const std::string known, store.cpu());
    if (!known.empty()) {
      return known;
    }
  }
  return host_cpu(compiler);
}

} // namespace

Result<Basis> find_basis(BuildRecord& record, const TuneOptions& options, const Project& project,
                         const Config& config) {
  Basis basis;
  TRY(basis.target, resolve(record, project, options.target));
  if (basis.target.units.empty()) {
    return fail("no object of " + options.target + " was compiled through autopass-clang",
                "build it anew: make clean && make CC=autopass-clang", "objects-not-recorded");
  }
  TRY(basis.toolchain, probe_toolchain(basis.target.units.front().compile.compiler));
  // Not the project of the folder that we were started in: compiles look from their source.
  const Unit& first = basis.target.units.front();
  TRY(const SlicePlace place, slice_place(first.source, first.compile.folder));
  TRY(const std::string cpu, cpu_of(place.cpu, basis.toolchain.compiler.path));
  basis.key = {place.scope, cpu, basis.toolchain.compiler.llvm_major};

  const auto cores = usable_cores();
  const std::string chosen = config.get("core");
  basis.measure_core = chosen.empty() ? cores.back() : std::atoi(chosen.c_str());
  basis.build_core = cores.front() == basis.measure_core ? cores.back() : cores.front();
  basis.scratch = state_folder() + "/sessions/" + hash_text(options.target).hex();
  return basis;
}

Result<Harness> rebuild_and_calibrate(const Basis& basis, const TuneOptions& options,
                                      const Talk& talk) {
  std::error_code ignored; // a folder that stays is found out by the next line
  std::filesystem::remove_all(basis.scratch, ignored);
  TRY_VOID(make_folders(basis.scratch));
  talk.progress("rebuild", 0);
  ReplayOptions replay;
  replay.plugin = basis.toolchain.plugin;
  replay.key = basis.key;
  replay.jobs = static_cast<int>(usable_cores().size());
  TRY(auto replica, Replica::create(basis.target, basis.scratch, replay));

  talk.progress("calibrate", 0);
  RunnerOptions pinned;
  pinned.core = basis.measure_core;
  Runner runner(options.target, basis.scratch, pinned);
  const std::string& baseline = replica->baseline().path;
  TRY(auto train, check_workloads(runner, options.train, "train", baseline));
  TRY(auto holdout, check_workloads(runner, options.holdout, "holdout", baseline));
  double seconds = 0;
  double longest = 0;
  for (const auto& workload : train) {
    seconds += workload.gate.seconds();
    longest = std::max(longest, workload.gate.seconds());
  }
  for (const auto& workload : holdout) {
    longest = std::max(longest, workload.gate.seconds());
  }
  runner.set_timeout(5 + 8 * longest); // a candidate that is eight times slower needs no number

  const auto& first = train.front();
  const Judge judge = [&first](const Run& run) { return first.gate.judge(run); };
  TRY(const Noise noise, calibrate(runner, first.workload, baseline, judge));
  talk.say(format("baseline rebuilt and equal; %.2f s a run, noise %.1f %%", seconds,
                  noise.spread_percent));
  return Harness{std::move(replica), runner, std::move(train), std::move(holdout), noise, seconds};
}

Digest session_name(const Basis& basis, const Harness& harness, const TuneOptions& options) {
  Hasher name;
  name.digest(harness.replica->baseline().code).text(basis.key.cpu).text(basis.target.path);
  name.text(basis.toolchain.compiler.plugin);
  for (const auto* workloads : {&options.train, &options.holdout}) {
    name.number(workloads->size());
    for (const auto& workload : *workloads) {
      name.text(workload.command).text(workload.folder).text(workload.input);
    }
  }
  return name.finish();
}

} // namespace autopass
