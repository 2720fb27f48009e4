// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "basis.h"

#include "cache/slice_place.h"
#include "measure/command_line.h"
#include "measure/prefix_trial.h"
#include "measure/sandbox_choice.h"
#include "report/layout.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <sys/utsname.h>

namespace autopass {
namespace {

constexpr double shortest_timeout = 5; // seconds of one run, however little of the budget is left

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

// What a workload reads, as far as its command names it: the content counts, not the name alone.
void add_inputs(const Workload& workload, const std::string& target, Hasher& name) {
  std::vector<std::string> files{workload.input};
  for (const Token& token : tokens(workload.command)) {
    files.push_back(token.text);
  }
  for (const std::string& file : files) {
    const std::string path = absolute(file, workload.folder);
    std::error_code code; // not there: no file
    if (path != target && std::filesystem::is_regular_file(path, code)) {
      const auto content = hash_file(path);
      name.text(file).digest(content ? *content : Digest{});
    }
  }
}

} // namespace

Result<BuildRecord> open_everything() {
  if (builds_path().empty()) {
    return fail("no place for the build record: neither HOME nor XDG_STATE_HOME is set",
                "set XDG_STATE_HOME to a writable folder", "no-state-folder");
  }
  // A damaged store is found out before anything is built.
  if (exists(plans_path())) {
    TRY_VOID(PlanStore::open(plans_path()));
  }
  TRY(BuildRecord record, BuildRecord::open(builds_path()));
  TRY_VOID(record.fold(spool_path()));
  return record;
}

Result<Basis> find_basis(BuildRecord& record, const TuneOptions& options, const Project& project,
                         const Config& config) {
  Basis basis;
  TRY(basis.target, resolve(record, project, options.target));
  if (basis.target.units.empty()) {
    return fail("no object of " + options.target + " was compiled through autopass-clang",
                "build it anew: make clean && make CC=autopass-clang", "objects-not-recorded");
  }
  if (is_optimised_at_link(basis.target)) {
    return fail(options.target + " is built with link-time optimisation, which sessions do not know how to tune yet",
                "build it without -flto; plans by hand do act in such a build (man autopass-clang)", "lto");
  }
  TRY(basis.toolchain, probe_toolchain(basis.target.units.front().compile.compiler));
  if (!options.dry_run) {
    // A store that takes nothing is told of when there is something to publish.
    static_cast<void>(remember_toolchain(basis.toolchain));
  }
  TRY_VOID(check_toolchain(basis.toolchain));
  // Not the project of the folder that we were started in: compiles look from their source.
  const Unit& first = basis.target.units.front();
  TRY(const SlicePlace place, slice_place(first.source, first.compile.folder));
  TRY(const std::string cpu, cpu_of(place.cpu, basis.toolchain.compiler.path));
  basis.key = {place.scope, cpu, basis.toolchain.llvm_major};

  const auto cores = usable_cores();
  const std::string chosen = config.get("core");
  basis.measure_core = chosen.empty() ? cores.back() : std::atoi(chosen.c_str());
  if (std::find(cores.begin(), cores.end(), basis.measure_core) == cores.end()) {
    return fail("core " + std::to_string(basis.measure_core) + " cannot be used for measuring",
                format("autopass config core=%d", cores.back()), "no-such-core");
  }
  basis.build_core = cores.front() == basis.measure_core ? cores.back() : cores.front();
  basis.scratch = state_folder() + "/sessions/" + hash_text(options.target).hex();
  return basis;
}

// Runs of the least that a session is: calibration, and a candidate that is looked at twice, on the
// first of the inputs; a confirmation on all of them.
constexpr double least_first_runs = 18 + 8 + 8;
constexpr double least_confirm_runs = 2 * 3 * 4;

Result<void> must_fit(const Budget& budget, const std::vector<CheckedWorkload>& train,
                      const std::vector<CheckedWorkload>& holdout) {
  double once = 0;
  for (const auto* workloads : {&train, &holdout}) {
    for (const auto& workload : *workloads) {
      once += run_seconds(workload);
    }
  }
  const double first = run_seconds(train.front());
  const double needed = first * least_first_runs + once * least_confirm_runs;
  if (needed <= budget.left()) {
    return {};
  }
  return fail(format("a run takes %.2f s, so that a session takes %s at least, and the budget is %s",
                     first, duration(needed).c_str(), duration(budget.total()).c_str()),
              format("--budget %.0fm, or a workload with less to do (best 0.3 to 3 s)",
                     std::ceil((budget.spent() + 3 * needed) / 60)),
              "budget-too-small");
}

namespace {

// How runs are made, and what to say of it.
struct Surroundings {
  RunnerOptions runs;
  std::string sandbox, clock; // see Harness
};

Result<Surroundings> surroundings(const Basis& basis, const TuneOptions& options,
                                  const RunnerOptions& pinned, const std::string& baseline,
                                  const Talk& talk) {
  const Workload& first = options.train.front();
  TRY(SandboxChoice chosen, choose_sandbox(options.sandbox, first.folder));
  Surroundings found{pinned, chosen.about, "cpu"};
  found.runs.sandbox = chosen.sandbox;
  if (!options.prefix.empty()) {
    found.runs.prefix = options.prefix;
    std::vector<Workload> all = options.train;
    all.insert(all.end(), options.holdout.begin(), options.holdout.end());
    TRY(PrefixTrial trial, try_prefix(options.target, basis.scratch, found.runs, all, baseline,
                                      options.sandbox == "auto"));
    found.sandbox = trial.about_sandbox(chosen.about);
    found.runs = std::move(trial.options);
    if (!trial.why_wall.empty()) {
      found.clock = "wall: " + trial.why_wall;
      talk.say("wall time is compared: " + trial.why_wall +
               (found.runs.sandbox ? "; in the sandbox is the prefix only" : ""));
    }
  }
  if (!found.runs.sandbox) {
    talk.say("the workload runs without a sandbox (" + found.sandbox.substr(5) + ")");
  }
  return found;
}

} // namespace

Result<Harness> rebuild_and_calibrate(const Basis& basis, const TuneOptions& options,
                                      const Talk& talk) {
  TRY_VOID(make_folders(basis.scratch));
  talk.progress("rebuild", 0);
  ReplayOptions replay;
  replay.plugin = basis.toolchain.plugin.path;
  replay.key = basis.key;
  replay.jobs = static_cast<int>(usable_cores().size());
  TRY(auto replica, Replica::create(basis.target, basis.scratch, replay));

  talk.progress("calibrate", 0);
  RunnerOptions pinned;
  pinned.core = basis.measure_core;
  pinned.timeout = std::clamp(talk.budget.left(), shortest_timeout, pinned.timeout);
  const std::string& baseline = replica->baseline().path;
  TRY(const Surroundings chosen, surroundings(basis, options, pinned, baseline, talk));
  Runner runner(options.target, basis.scratch, chosen.runs);
  const double least = options.outputs_will_do ? 0 : least_measured_seconds;
  TRY(auto train, check_workloads(runner, options.train, "train", baseline, least));
  TRY(auto holdout, check_workloads(runner, options.holdout, "holdout", baseline, least));
  if (!options.outputs_will_do) {
    TRY_VOID(must_fit(talk.budget, train, holdout));
  }
  double seconds = 0;
  double longest = 0;
  for (const auto& workload : train) {
    seconds += workload.gate.seconds();
    longest = std::max(longest, workload.gate.wall_seconds());
  }
  for (const auto& workload : holdout) {
    longest = std::max(longest, workload.gate.wall_seconds());
  }
  // A candidate that is eight times slower needs no number; a pair may share the core.
  runner.set_timeout(5 + 16 * longest);

  const auto& first = train.front();
  TRY(const Noise noise, calibrate(runner, first.workload, baseline, first.judge(),
                                   first.pairing.pairing));
  talk.say(format("baseline rebuilt and equal; %.2f s a run, noise %.1f %%", seconds,
                  noise.spread_percent));
  for (const auto* workloads : {&train, &holdout}) {
    for (const auto& workload : *workloads) {
      if (!workload.pairing.why_in_turn.empty()) {
        talk.say(workload.name + ": runs are compared in turn, not side by side: " +
                 workload.pairing.why_in_turn);
      }
    }
  }
  return Harness{std::move(replica), runner, std::move(train), std::move(holdout),
                 chosen.sandbox, chosen.clock, noise, seconds};
}

Digest session_name(const Basis& basis, const Harness& harness, const TuneOptions& options) {
  Hasher name;
  name.digest(harness.replica->baseline().code).text(basis.key.cpu).text(basis.target.path);
  name.text(basis.toolchain.plugin_build).text(harness.sandbox);
  struct utsname host {}; // a state folder may be shared by several
  name.text(::uname(&host) == 0 ? host.nodename : "").number(static_cast<std::uint64_t>(basis.measure_core));
  name.text(options.prefix.text()).number(harness.runner.options().clock == Clock::Wall ? 1 : 0);
  for (const auto* workloads : {&options.train, &options.holdout}) {
    name.number(workloads->size());
    for (const auto& workload : *workloads) {
      name.text(workload.command).text(workload.folder).text(workload.input);
      name.text(workload.checker).text(workload.checker_folder).text(workload.tolerance.text());
      name.number(workload.checks_errors ? 1 : 0);
      name.text(join(workload.outputs, "\n"));
      add_inputs(workload, basis.target.path, name);
    }
  }
  // Another input under the same name gives another output.
  for (const auto* workloads : {&harness.train, &harness.holdout}) {
    for (const auto& workload : *workloads) {
      name.digest(workload.gate.expected());
    }
  }
  return name.finish();
}

} // namespace autopass
