// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs one child to its end: own process group, no terminal, limits, pinned if asked, never through a shell.
// Everything that we start (compilers, links, measured programs) goes through here.
#pragma once

#include "error.h"
#include "sandbox.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct Command {
  std::vector<std::string> argv;                     // argv[0] is searched on PATH
  std::string program{};                             // file to execute; empty: argv[0]
  std::string folder{};                              // working folder; empty: ours
  std::optional<std::vector<std::string>> environment{}; // NAME=value, whole; none: ours
  std::string input = "/dev/null";                   // file for stdin
  std::string output{};                              // file for stdout; empty: captured
  std::string errors{};                              // file for stderr; empty: captured
  double timeout = 0;                                // wall seconds, then SIGKILL to the group; 0: none
  std::uint64_t output_limit = 0;                    // bytes of any one file; 0: none
  std::uint64_t memory_limit = 0;                    // bytes of data that each process may reserve; 0: none
  std::uint64_t capture_limit = 64ull << 20;         // bytes kept of each captured stream
  int core = -1;                                     // pin to this core; -1: do not
  int niceness = 0;
  Confinement confinement{};                         // what it may do; by default all that we may
};

struct Outcome {
  int exit_code = -1;  // valid when signal == 0
  int signal = 0;      // what killed it
  bool timed_out = false;
  double cpu_seconds = 0;  // user plus system, of the child and what it waited for
  double wall_seconds = 0;
  long preemptions = 0; // how often the kernel took a core away from them
  long waits = 0;       // and how often they gave it away, to wait for something
  std::string output; // captured stdout, when no file was named
  std::string errors; // captured stderr, when no file was named
  std::string stopped; // the limit of its confinement for which it was ended, "more than 2000 processes"
  std::shared_ptr<const WrittenFiles> written; // by a confined program; null for others

  bool success() const { return signal == 0 && !timed_out && exit_code == 0 && stopped.empty(); }
  // "exit code 3", "signal 11 (Segmentation fault)", "timed out"
  std::string status() const;
};

// An Error only when the child could not be started at all (no such program, no memory, a core that
// we may not use).
// The whole process group is gone when this returns, and it dies with us (PR_SET_PDEATHSIG); of a
// confined program, whatever it has started.
Result<Outcome> run(const Command& command);

} // namespace autopass
