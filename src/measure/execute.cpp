// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "execute.h"

#include "util/file.h"
#include "util/paths.h"

#include <algorithm>
#include <cassert>
#include <csignal>
#include <fstream>
#include <sys/stat.h>

namespace autopass {
namespace {

constexpr std::size_t shown_output = 256;
constexpr std::size_t shown_errors = 512;
// Seconds that others have a core until the kernel gives it back; mostly 3 or 4 ms each.
constexpr double longest_turn = 0.01;
constexpr long least_preemptions = 8;
// The kernel counts microseconds; a run that short is no measurement, but must not divide by zero.
constexpr double clock_tick = 1e-6;

// What a sandbox puts in the place of a removed file is none.
bool is_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::uint64_t size_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

// Writing beyond the limit is cut off at it, and answered by a signal: to the program itself, or to what a shell
// has started, which then ends with 128 and its number. Who ignores the signal is known by the file.
std::string filled(const Command& command, const Outcome& outcome) {
  const std::uint64_t limit = command.output_limit;
  const bool full = outcome.signal == SIGXFSZ || outcome.exit_code == 128 + SIGXFSZ ||
                    size_of(command.output) == limit; // larger: the command has lifted it
  if (limit == 0 || !full) {
    return {};
  }
  constexpr std::uint64_t gib = 1ull << 30;
  return "more than " + (limit % gib == 0 ? std::to_string(limit / gib) + " GiB" : std::to_string(limit) + " bytes") +
         " for one file";
}

std::string start_of(const std::string& path) {
  std::string start(shown_output, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return start;
}

// In a sandbox, where links were resolved before the run (Runner), it is `inside`. A program that is wrong may leave
// something there that nobody can read, which is for the gate to say.
OutputFile written_file(const std::string& name, const std::string& path, const WrittenFiles* written,
                        const std::string& inside) {
  OutputFile file{.name = name, .content = {}, .path = path};
  const Result<std::string> found = written != nullptr ? written->path_of(inside) : Result<std::string>(path);
  if (!found) {
    file.unreadable = found.error();
    return file;
  }
  file.path = *found;
  file.present = is_file(*found);
  if (const auto content = file.present ? hash_file(*found) : Result<Digest>(Digest{})) {
    file.content = *content;
  } else {
    file.unreadable = content.error();
  }
  return file;
}

// Hashes what the run has printed and written.
Result<void> collect(const Command& command, const std::vector<std::string>& outputs,
                     const WrittenFiles* written, Run& run) {
  TRY(run.printed, hash_file(command.output));
  run.printed_path = command.output;
  run.output_size = size_of(command.output);
  run.output_start = start_of(command.output);
  Hasher all;
  all.digest(run.printed);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const std::string& name = outputs[i];
    OutputFile file = written_file(name, absolute(name, command.folder), written,
                                   written != nullptr ? command.confinement.removed[i] : std::string());
    run.output_size += file.present ? size_of(file.path) : 0;
    all.number(file.present ? 1 : 0).digest(file.content);
    run.files.push_back(std::move(file));
  }
  run.output = all.finish();
  return {};
}

} // namespace

double seconds_of(const Run& run, Clock clock) {
  return std::max(clock == Clock::Cpu ? run.cpu_seconds : run.wall_seconds, clock_tick);
}

bool mostly_away(const Run& run) {
  return run.cpu_seconds < run.wall_seconds / 2;
}

bool mostly_waits(const Run& run) {
  const double away = run.wall_seconds - run.cpu_seconds;
  const bool explained = static_cast<double>(run.preemptions) * longest_turn > away; // by turns of usual length
  const bool others = run.preemptions >= least_preemptions && run.preemptions > 4 * run.waits; // a crowd, or one that goes first
  return mostly_away(run) && !explained && !others;
}

std::string Run::status() const {
  Outcome outcome;
  outcome.exit_code = exit_code;
  outcome.signal = signal;
  outcome.timed_out = timed_out;
  outcome.stopped = stopped;
  return outcome.status();
}

Result<Run> execute(const Command& command, const std::vector<std::string>& outputs,
                    std::span<const CountedEvent> events) {
  assert(!command.output.empty());
  const Counters counters(events);
  TRY(const Outcome outcome, autopass::run(command));
  Run run;
  run.counts = counters.read();
  run.cpu_seconds = outcome.cpu_seconds;
  run.wall_seconds = outcome.wall_seconds;
  run.preemptions = outcome.preemptions;
  run.waits = outcome.waits;
  run.exit_code = outcome.exit_code;
  run.signal = outcome.signal;
  run.timed_out = outcome.timed_out;
  run.stopped = outcome.stopped.empty() ? filled(command, outcome) : outcome.stopped;
  run.written = outcome.written;
  run.errors = Hasher().text(outcome.errors).finish();
  run.errors_cut = outcome.errors.size() >= command.capture_limit;
  run.errors_start = outcome.errors.substr(0, shown_errors);
  TRY_VOID(collect(command, outputs, outcome.written.get(), run));
  return run;
}

} // namespace autopass
