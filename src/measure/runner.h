// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs a workload with one binary in the target's place: pinned, limited, environment fixed, in a
// process group of its own and, where there is one, in a sandbox.
#pragma once

#include "prefix.h"
#include "workload.h"

#include "util/sandbox.h"

#include <array>
#include <atomic>
#include <memory>
#include <string>

namespace autopass {

struct RunnerOptions {
  int core = -1;       // pin here; -1: do not
  double timeout = 60; // wall seconds
  std::uint64_t output_limit = 1ull << 30; // bytes of stdout, and of any file that it writes
  std::shared_ptr<const Sandbox> sandbox{}; // none: the workload sees and may do all that we may
  Prefix prefix{};         // of the target, wherever the workload runs it
  Clock clock = Clock::Cpu;
  std::uint64_t memory = 0; // bytes that each process may reserve where there is no sandbox; 0: most_memory()
};

class Runner {
public:
  // `target` is the path that the workload's command uses for the binary (as the user wrote it, or
  // {target}); `scratch` holds captured output. The words of the command that run the target are
  // replaced (command_line.h); a command without any is run with the binary's path in
  // AUTOPASS_TARGET, and if it uses neither, that is an Error (workload-without-target).
  //
  // The binary under test is run through a symbolic link of the target's name in the scratch
  // folder: argv[0] and the environment are the same for every binary, so neither a printed argv[0]
  // nor the length of a path tells two binaries apart. With a prefix a script of that name runs a link
  // through it; both have paths of this binary alone, as long as any other's: argv[0] has the same length
  // then, not the same bytes. One call at a time for each scratch folder.
  Runner(std::string target, std::string scratch, RunnerOptions options);
  // In a sandbox the run starts with the workload's folder as it is, without the declared outputs,
  // and leaves it so; `open_folder`, where one is named, is written for good.
  Result<Run> run(const Workload& workload, const std::string& binary,
                  const std::vector<std::string>& extra_environment = {},
                  const std::string& open_folder = {}) const;
  // Both at once, sharing the core (see compare.cpp); `first` starts a moment earlier. The links
  // differ in the name of their folder, which has the same length. Not for workloads with declared
  // outputs.
  Result<std::array<Run, 2>> run_side_by_side(const Workload& workload, const std::string& first,
                                              const std::string& second,
                                              const std::vector<std::string>& environment) const;
  const RunnerOptions& options() const { return m_options; }
  const std::string& scratch() const { return m_scratch; }
  void set_timeout(double seconds) { m_options.timeout = seconds; }
  Runner without_prefix() const { return with_prefix({}); }
  Runner with_prefix(const Prefix& prefix) const;
  // How many runs, of this runner and its copies, were ended at their time limit through a prefix that mostly waits
  // (wall time is read): what it had started on another host may still run there.
  int left_running() const { return *m_left_running; }

private:
  Result<Run> run_in(const std::string& place, const Workload& workload, const std::string& binary,
                     const std::vector<std::string>& extra_environment,
                     const std::string& open_folder = {}, std::uint64_t at_once = 1) const;
  std::string name_of(const std::string& binary) const;
  Result<std::string> link_to(const std::string& folder, const std::string& binary) const;
  Result<std::string> put_in(const std::string& place, const std::string& binary) const;

  std::string m_target, m_scratch;
  RunnerOptions m_options;
  std::shared_ptr<std::atomic<int>> m_left_running = std::make_shared<std::atomic<int>>(0);
};

// An environment variable of 0 to 4095 bytes, drawn from `seed`: it moves the stack, so that a
// comparison does not depend on one placement of it.
std::string stack_padding(std::uint64_t seed);

// The host's cores that we may use, in order; measurements take the last one, builds the others.
std::vector<int> usable_cores();

} // namespace autopass
