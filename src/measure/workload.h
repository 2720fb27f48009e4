// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A workload runs the target once; a Run is what came of it.
#pragma once

#include "counters.h"
#include "tolerance.h"
#include "util/error.h"
#include "util/hash.h"
#include "util/sandbox.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct Workload {
  std::string command;             // the target's path in it is replaced, see runner.h
  std::string folder;              // working folder
  std::string input = "/dev/null"; // file for stdin
  std::vector<std::string> outputs; // declared output files, relative to folder
  // What counts as the same result (gate/gate.h).
  Tolerance tolerance{};       // of numbers, unless both are integers; none: every byte counts
  std::string checker{};       // shell command that compares two results; empty: none
  std::string checker_folder{}; // where it runs; empty: in `folder`
  bool checks_errors = false;  // stderr counts, too
};

// A declared output file as the run left it.
struct OutputFile {
  std::string name;
  bool present = false;
  Digest content;
  std::string path{}; // where it can be read until the next run in its place
  std::optional<Error> unreadable{};
};

struct Run {
  double cpu_seconds = 0; // user plus system, children included
  double wall_seconds = 0;
  long preemptions = 0; // how often the kernel took the core away
  long waits = 0;       // and how often the program gave it away
  int exit_code = 0;
  int signal = 0;
  bool timed_out = false;
  std::string stopped; // the limit for which it was ended, "more than 1 GiB for one file"; empty: none
  Digest output;  // of stdout and of the declared output files
  Digest printed; // of stdout alone
  Digest errors;  // of stderr
  bool errors_cut = false; // there was more of it than is captured
  std::string printed_path;                      // stdout, until the next run in its place
  std::shared_ptr<const WrittenFiles> written{}; // keeps a sandbox's `files` readable
  std::vector<OutputFile> files;
  std::uint64_t output_size = 0; // bytes of both
  std::string output_start;      // first 256 bytes, for messages
  std::string errors_start;      // first 512 bytes of stderr, for messages
  std::string complaint;         // a judge's, where one has seen the run (measure/compare.cpp)
  Counts counts;                 // of the events that were asked for

  // A shell tells of a signal by 128 and its number.
  bool ended_by_itself() const {
    return signal == 0 && (exit_code <= 128 || exit_code > 128 + 64) && !timed_out && stopped.empty();
  }
  bool success() const { return exit_code == 0 && signal == 0 && !timed_out && stopped.empty(); }
  // "exit code 3", "signal 11 (Segmentation fault)", "timed out", "stopped: more than ..."
  std::string status() const;
};

// Which time of a run is compared.
enum class Clock { Cpu, Wall };
double seconds_of(const Run& run, Clock clock); // never 0

// More than half of its time it was on no processor of this machine.
bool mostly_away(const Run& run);
// And not because others were: in what its threads, and a client for another host, take from each other there is no telling.
bool mostly_waits(const Run& run);

} // namespace autopass
