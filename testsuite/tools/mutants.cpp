// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Breaks each function of a recorded target in each way that the gate's self-test knows, and says
// whether the gate notices:
//
//   mutants TARGET FOLDER COMMAND
//
// FOLDER is the workload's, COMMAND its shell command. Prints one line for each mutant: the function, the
// mutation, and `noticed: WHY`, `crashed: WHY` (noticed, too), `unnoticed`, `equal` (the same code came out) or
// `impossible` (no such place, it does not compile, or stock code does not end in time either). Functions that the workload does not run (a trap in them is not
// noticed) have one line: `not run`; those in which no trap can be put, too: `not known`.
#include "learned.h"

#include "gate/gate.h"
#include "measure/sandbox_choice.h"
#include "tune/self_test.h"
#include "util/paths.h"

#include <cstdio>
#include <filesystem>
#include <map>

using namespace autopass;

namespace {

struct Bench {
  Replica& replica;
  const Runner& runner;
  const CheckedWorkload& workload;

  // The words that come behind the mutation.
  std::string outcome(const Digest& function, const std::string& mutation) const {
    const auto mutant = replica.build_broken(function, mutation);
    if (!mutant) {
      return "impossible";
    }
    if (mutant->code == replica.baseline().code) {
      return "equal";
    }
    const auto run = run_as_long_as_stock(runner, workload, replica.baseline().path, mutant->path);
    if (!run || !*run) {
      return "impossible";
    }
    const std::string why = workload.gate.judge(**run);
    return why.empty() ? "unnoticed" : ((*run)->ended_by_itself() ? "noticed: " : "crashed: ") + why.substr(0, why.find('\n'));
  }
};

Result<void> break_all(const std::string& target_path, const Workload& workload) {
  TRY(auto record, BuildRecord::open(builds_path()));
  TRY_VOID(record.fold(spool_path()));
  TRY(const auto project, find_project(parent(target_path)));
  TRY(const auto target, resolve(record, project, target_path));
  TRY(const ScratchFolder scratch, ScratchFolder::create("autopass-mutants"));
  ReplayOptions options;
  options.plugin = plugin_path(22);
  options.key = {project.scope, "generic", 22};
  TRY(const auto replica, Replica::create(target, scratch.path(), options));
  TRY(const auto learned, learn(*replica));
  std::map<Digest, std::string> functions; // static ones of several files may have one name
  for (const auto& function : learned.functions) {
    functions[function.fingerprint] = function.function;
  }

  RunnerOptions limits;
  TRY(const SandboxChoice choice, choose_sandbox("auto", workload.folder));
  limits.sandbox = choice.sandbox;
  const Runner runner(target_path, scratch.path(), limits);
  TRY(Gate gate, Gate::create(runner, workload, replica->baseline().path));
  const CheckedWorkload checked{"train 1", workload, std::move(gate), {}};
  const Bench bench{*replica, runner, checked};
  for (const auto& [fingerprint, name] : functions) {
    const std::string trapped = bench.outcome(fingerprint, "trap");
    if (trapped == "unnoticed" || trapped == "equal" || trapped == "impossible") {
      std::printf("%s - %s\n", name.c_str(), trapped == "unnoticed" ? "not run" : "not known");
      continue;
    }
    for (const auto& mutation : mutation_names()) {
      std::printf("%s %s %s\n", name.c_str(), mutation.c_str(),
                  bench.outcome(fingerprint, mutation).c_str());
      std::fflush(stdout);
    }
  }
  return {};
}

} // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fputs("usage: mutants TARGET FOLDER COMMAND\n", stderr);
    return 2;
  }
  Workload workload;
  workload.folder = words[2];
  workload.command = words[3];
  const std::string target = absolute(words[1], std::filesystem::current_path().string());
  if (const auto done = break_all(target, workload); !done) {
    std::fprintf(stderr, "mutants: %s\n%s\n", done.error().what.c_str(), done.error().next.c_str());
    return 1;
  }
  return 0;
}
