// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle is the untuned program itself. It is run twice, in different seconds of the clock and
// with different stack placement, so that an output with a time or an address in it is found out
// before it accuses a candidate.
#include "gate.h"

#include "util/text.h"

#include <algorithm>
#include <ctime>
#include <unistd.h>

namespace autopass {
namespace {

std::string said(const Run& run) {
  const std::string_view words = trim(run.errors_start);
  return words.empty() ? std::string() : "; it said: " + std::string(words);
}

Result<void> must_end_well(const Run& run, const Workload& workload, const RunnerOptions& options) {
  const std::string folder = workload.folder.empty() ? "this folder" : workload.folder;
  if (run.timed_out) {
    return fail(
        format("the workload did not end within %.0f s: ", options.timeout) + workload.command + said(run),
        "check that it needs no input from a terminal, or give it less to do", "workload-hangs");
  }
  if (!run.stopped.empty()) {
    return fail("the workload was stopped, it took " + run.stopped + ": " + workload.command + said(run),
                "give it less to do; with --sandbox=off there is no such limit", "workload-stopped");
  }
  if (!run.success()) {
    return fail("the workload failed with " + run.status() + ": " + workload.command + said(run),
                "run it by hand in " + folder + "; it must exit with code 0" +
                    (options.sandbox ? ", without the network and without writing elsewhere, unless you "
                                       "say --sandbox=off"
                                     : ""),
                "workload-failed");
  }
  return {};
}

// One line for a message: the printable start of an output.
std::string excerpt(const Run& run) {
  std::string text = run.output_start.substr(0, 60);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '.');
  return "\"" + text + "\"";
}

// What differs between two runs that both ended; empty: nothing.
std::string difference(const Run& expected, const Run& run) {
  if (run.exit_code != expected.exit_code) {
    return format("exit code %d, expected %d", run.exit_code, expected.exit_code) + said(run);
  }
  if (run.printed != expected.printed) {
    return run.output_start == expected.output_start
               ? format("stdout differs after its first %zu bytes", expected.output_start.size())
               : "stdout differs: " + excerpt(run) + ", expected " + excerpt(expected);
  }
  for (std::size_t i = 0; i < expected.files.size(); ++i) {
    if (i >= run.files.size() || run.files[i].present != expected.files[i].present) {
      return "output file " + expected.files[i].name +
             (expected.files[i].present ? " is missing" : " appeared");
    }
    if (run.files[i] != expected.files[i]) {
      return "output file " + expected.files[i].name + " differs";
    }
  }
  return {};
}

void wait_for_the_next_second() {
  const std::time_t now = std::time(nullptr);
  while (std::time(nullptr) == now) {
    ::usleep(10'000);
  }
}

} // namespace

Result<Gate> Gate::create(const Runner& runner, const Workload& workload,
                          const std::string& baseline, double least_seconds) {
  TRY(Run first, runner.run(workload, baseline, {stack_padding(1)}));
  TRY_VOID(must_end_well(first, workload, runner.options()));
  for (const OutputFile& file : first.files) {
    if (!file.present) {
      return fail("the workload did not write its declared output file " + file.name,
                  "correct `outputs` in .autopass.toml", "workload-failed");
    }
  }
  if (first.cpu_seconds < least_seconds) {
    return fail(format("the workload takes %.0f ms of CPU time, too little to measure: ",
                       first.cpu_seconds * 1000) +
                    workload.command,
                format("give it more to do, or repeat the work inside the program; at least "
                       "%.0f ms, best 0.3 to 3 s",
                       least_seconds * 1000),
                "workload-too-short");
  }
  if (first.output_size == 0) {
    return fail("the workload prints nothing and writes no declared output file: a wrong result "
                "would go unnoticed: " +
                    workload.command,
                "let it print its result or a checksum, or declare `outputs` in .autopass.toml",
                "workload-silent");
  }
  wait_for_the_next_second();
  TRY(const Run second, runner.run(workload, baseline, {stack_padding(2)}));
  TRY_VOID(must_end_well(second, workload, runner.options()));
  if (const std::string varies = difference(first, second); !varies.empty()) {
    return fail("the unchanged program gives another result each time: " + varies,
                "take times, addresses, process numbers and unseeded randomness out of the output",
                "output-varies");
  }
  first.cpu_seconds = std::min(first.cpu_seconds, second.cpu_seconds); // the first ran cold
  return Gate(std::move(first));
}

std::string Gate::judge(const Run& run) const {
  if (run.timed_out || run.signal != 0 || !run.stopped.empty()) {
    return run.status() + said(run);
  }
  return difference(m_expected, run);
}

const std::vector<std::string>& mutation_names() {
  static const std::vector<std::string> names{"return-early", "flip-constant", "drop-store"};
  return names;
}

} // namespace autopass
