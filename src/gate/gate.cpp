// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle is the untuned program itself. It is run twice, in different seconds of the clock and
// with different stack placement, so that an output with a time or an address in it is found out
// before it accuses a candidate.
#include "gate.h"

#include "numbers.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/subprocess.h"
#include "util/text.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <unistd.h>

namespace autopass {
namespace {

constexpr double longest_check = 60; // seconds that a checker may take

std::string said(const Run& run) {
  const std::string_view words = trim(run.errors_start);
  return words.empty() ? std::string() : "; it said: " + std::string(words);
}

// Where the prefix leads there may be another file system. Empty without a prefix.
std::string prefix_advice(const Runner& runner) {
  return runner.options().prefix.empty()
             ? std::string()
             : "; what the prefix runs has to find " + runner.scratch() +
                   " under this path (XDG_STATE_HOME moves it), and the workload's files";
}

// What another process writes, on this host or another, is not in the sandbox's copy of the folder.
std::string outside_advice(const Runner& runner) {
  return !runner.options().prefix.empty() && runner.options().sandbox
             ? "; if that runs outside the sandbox, say --sandbox=off"
             : "";
}

// Of a run that was ended here, which may be all that can be ended from here.
std::string left_running_advice(const Run& run, const Runner& runner) {
  return !runner.options().prefix.empty() && mostly_away(run)
             ? "; what the prefix runs elsewhere may not have ended yet"
             : "";
}

Result<void> must_end_well(const Run& run, const Workload& workload, const Runner& runner) {
  const RunnerOptions& options = runner.options();
  const std::string folder = workload.folder.empty() ? "this folder" : workload.folder;
  if (run.timed_out) {
    return fail(
        format("the workload did not end within %.0f s: ", options.timeout) + workload.command + said(run),
        "check that it needs no input from a terminal, or give it less to do" + left_running_advice(run, runner),
        "workload-hangs");
  }
  if (!run.stopped.empty()) {
    return fail("the workload was stopped, it took " + run.stopped + ": " + workload.command + said(run),
                options.sandbox ? "give it less to do; with --sandbox=off only the size of each file and the memory of "
                                  "each process are limited"
                                : "let it write and print less, or lift the limit in its command: ulimit -f unlimited; ...",
                "workload-stopped");
  }
  if (!run.success()) {
    return fail("the workload failed with " + run.status() + ": " + workload.command + said(run),
                "run it by hand in " + folder + "; it must exit with code 0" +
                    (options.sandbox ? ", without the network and without writing elsewhere, unless you "
                                       "say --sandbox=off"
                                     : ", no process of it with more than three quarters of this machine's memory "
                                       "(ulimit -d unlimited; ... lifts that)") +
                    prefix_advice(runner),
                "workload-failed");
  }
  return {};
}

// One line for a message: the printable start of an output.
std::string excerpt(const Run& run) {
  std::string text;
  for (const char c : run.output_start.substr(0, 60)) {
    text += c == '\n' ? "\\n" : std::string(1, c < ' ' || c > '~' ? '.' : c);
  }
  return "\"" + text + "\"";
}

std::string stdout_excerpts(const Run& expected, const Run& run) {
  return run.output_start == expected.output_start
             ? format(" after its first %zu bytes", expected.output_start.size())
             : ": " + excerpt(run) + ", expected " + excerpt(expected);
}

// A copy of what a run printed and wrote, under the files' own names.
Result<void> keep_result(const Run& run, const std::string& folder) {
  std::error_code none_there;
  std::filesystem::remove_all(folder, none_there);
  TRY_VOID(make_folders(folder));
  TRY_VOID(copy_file(run.printed_path, folder + "/stdout"));
  for (const OutputFile& file : run.files) {
    if (file.present) {
      TRY_VOID(make_folders(parent(folder + "/" + file.name)));
      TRY_VOID(copy_file(file.path, folder + "/" + file.name));
    }
  }
  return {};
}

// Through a prefix each binary has a path of its own (measure/runner.h). What prints it is found out by running
// the unchanged program from two, before it accuses each candidate.
Result<std::string> from_elsewhere(const std::string& binary, const Runner& runner) {
  if (runner.options().prefix.empty()) {
    return binary;
  }
  const std::string link = runner.scratch() + "/gate/again/" + base_name(binary);
  TRY_VOID(make_folders(parent(link)));
  ::unlink(link.c_str());
  if (::symlink(std::filesystem::absolute(binary).c_str(), link.c_str()) != 0) {
    return fail_errno("cannot create " + link,
                      "check that you may write there and that there is space left; XDG_STATE_HOME names another place");
  }
  return link;
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
  TRY_VOID(must_end_well(first, workload, runner));
  for (const OutputFile& file : first.files) {
    if (file.unreadable) {
      return tl::make_unexpected(*file.unreadable);
    }
    if (!file.present) {
      return fail("the workload did not write its declared output file " + file.name,
                  "correct `outputs` in .autopass.toml" + prefix_advice(runner) + outside_advice(runner),
                  "workload-failed");
    }
  }
  const Clock clock = runner.options().clock;
  if (seconds_of(first, clock) < least_seconds) {
    return fail(format("the workload takes %.0f ms of %s time, too little to measure: ",
                       seconds_of(first, clock) * 1000, clock == Clock::Cpu ? "CPU" : "wall") +
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
  const double cold = seconds_of(first, clock), cold_wall = first.wall_seconds;
  const bool waits = mostly_waits(first);
  Gate gate(runner, workload, std::move(first));
  TRY_VOID(gate.keep_expected());
  gate.m_expected.written.reset(); // memory
  wait_for_the_next_second();
  TRY(const std::string again, from_elsewhere(baseline, runner));
  TRY(const Run second, runner.run(workload, again, {stack_padding(2)}));
  TRY_VOID(must_end_well(second, workload, runner));
  if (const std::string varies = gate.difference(second); !varies.empty()) {
    return fail("the unchanged program gives another result each time: " + varies,
                "take times, addresses, process numbers and unseeded randomness out of the output" +
                    std::string(again == baseline ? "" : ", and the program's own path") +
                    "; or say what counts, with --tolerance or --checker",
                "output-varies");
  }
  gate.m_seconds = std::min(cold, seconds_of(second, clock));
  gate.m_wall_seconds = std::min(cold_wall, second.wall_seconds);
  gate.m_waits = waits && mostly_waits(second);
  return gate;
}

std::string Gate::expected_folder() const {
  return m_scratch + "/" + Hasher().text(m_workload.command).digest(m_expected.output).finish().hex();
}

// What is compared with more than a hash is kept: the next run writes to the same places.
Result<void> Gate::keep_expected() const {
  if (!is_lenient()) {
    return {};
  }
  for (const auto& name : m_workload.outputs) {
    if (name == "stdout" || name.front() == '/' || name.find("..") != std::string::npos) {
      return fail("an output that is compared by more than its bytes cannot be called " + name,
                  "let the workload write it below its folder, by another name", "output-outside");
    }
  }
  return keep_result(m_expected, expected_folder());
}

std::string Gate::judge(const Run& run) const {
  if (run.timed_out || run.signal != 0 || !run.stopped.empty()) {
    return run.status() + said(run);
  }
  return difference(run);
}

// Of a run that has ended by itself; empty: nothing.
std::string Gate::difference(const Run& run) const {
  if (run.exit_code != m_expected.exit_code) {
    return format("exit code %d, expected %d", run.exit_code, m_expected.exit_code) + said(run);
  }
  if (m_workload.checks_errors && (run.errors != m_expected.errors || run.errors_cut)) {
    return (run.errors_cut ? "stderr is too long to be compared" : "stderr differs") + said(run);
  }
  for (std::size_t i = 0; i < m_expected.files.size(); ++i) {
    if (i < run.files.size() && run.files[i].unreadable) {
      return "output file " + m_expected.files[i].name + ": " + run.files[i].unreadable->what;
    }
    if (i >= run.files.size() || run.files[i].present != m_expected.files[i].present) {
      return "output file " + m_expected.files[i].name +
             (m_expected.files[i].present ? " is missing" : " appeared");
    }
  }
  if (run.output == m_expected.output) {
    return {};
  }
  return m_workload.checker.empty() ? content_difference(run) : checker_difference(run);
}

std::string Gate::content_difference(const Run& run) const {
  if (run.printed != m_expected.printed) {
    const std::string differs = file_difference("stdout", run.printed_path);
    if (!differs.empty()) {
      return differs + (m_workload.tolerance.none() ? stdout_excerpts(m_expected, run) : "");
    }
  }
  for (std::size_t i = 0; i < m_expected.files.size(); ++i) {
    if (run.files[i].content != m_expected.files[i].content) {
      const std::string differs = file_difference(m_expected.files[i].name, run.files[i].path);
      if (!differs.empty()) {
        return "output file " + differs;
      }
    }
  }
  return {};
}

// Of two files that are not the same byte for byte.
std::string Gate::file_difference(const std::string& name, const std::string& found) const {
  if (m_workload.tolerance.none()) {
    return name + " differs";
  }
  const auto expected_text = read_file(expected_folder() + "/" + name);
  const auto found_text = read_file(found);
  if (!expected_text || !found_text) {
    return name + " differs, and " +
           (expected_text ? found_text.error().what : expected_text.error().what);
  }
  const std::string differs = numbers_differ(*expected_text, *found_text, m_workload.tolerance);
  return differs.empty() ? differs : name + " differs in " + differs;
}

std::string Gate::checker_difference(const Run& run) const {
  const std::string found = m_scratch + "/found";
  if (const auto kept = keep_result(run, found); !kept) {
    return "it cannot be checked: " + kept.error().what;
  }
  Command check{.argv = {"env", "AUTOPASS_EXPECTED=" + expected_folder(), "AUTOPASS_FOUND=" + found,
                         "/bin/sh", "-c", m_workload.checker},
                .folder = std::filesystem::absolute(m_workload.checker_folder.empty() ? m_workload.folder
                                                                                       : m_workload.checker_folder).string(),
                .timeout = longest_check};
  if (m_sandbox) {
    check.confinement = confined_to(m_sandbox, m_workload.folder);
  }
  const auto outcome = autopass::run(check);
  if (!outcome) {
    return "it cannot be checked: " + outcome.error().what;
  }
  const std::string_view words = trim(outcome->errors.empty() ? outcome->output : outcome->errors);
  return outcome->success() ? std::string()
                            : "the checker ended with " + outcome->status() +
                                  (words.empty() ? "" : ": " + std::string(words.substr(0, 200)));
}

const std::vector<std::string>& mutation_names() {
  static const std::vector<std::string> names{"return-early", "flip-constant", "drop-store"};
  return names;
}

} // namespace autopass
