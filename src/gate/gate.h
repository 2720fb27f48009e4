// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What proves the output unchanged: exit code, stdout, declared output files and, if asked, stderr of
// the untuned target. They must be the same each time it runs, byte for byte, unless the workload says
// otherwise:
//
//   tolerance   numbers may differ by that much, but two integers may not, each field by its own (measure/tolerance.h, numbers.h)
//   checker     a shell command, run in the workload's folder when a byte differs: $AUTOPASS_EXPECTED and
//               $AUTOPASS_FOUND are folders with the file `stdout` and the declared ones under their own
//               names. Exit code 0: the same. In the runner's sandbox, if it has one.
#pragma once

#include "measure/runner.h"

#include <string>
#include <vector>

namespace autopass {

inline constexpr double least_measured_seconds = 0.05; // a run that is shorter is mostly its start

class Gate {
public:
  // Runs the baseline twice. Errors: workload-failed, workload-hangs, workload-stopped, output-varies,
  // workload-too-short (under `least_seconds`), workload-silent (prints and writes
  // nothing: an oracle that cannot fail).
  static Result<Gate> create(const Runner& runner, const Workload& workload,
                             const std::string& baseline,
                             double least_seconds = least_measured_seconds);
  // Empty: unchanged. Else what differs: "stdout differs: ...", "signal 11", "timed out". The run must
  // be the last of its place (runner.h): what it wrote may have to be read.
  std::string judge(const Run& run) const;
  // Of stdout and the declared outputs; the same for all where more than one result is right.
  Digest expected() const { return is_lenient() ? Digest{} : m_expected.output; }
  double seconds() const { return m_seconds; } // by the runner's clock
  double wall_seconds() const { return m_wall_seconds; } // which limits of time go by
  bool waits() const { return m_waits; } // most of its time

private:
  Gate(const Runner& runner, const Workload& workload, Run expected)
      : m_workload(workload), m_sandbox(runner.options().sandbox),
        m_scratch(runner.scratch() + "/gate"), m_expected(std::move(expected)) {}
  bool is_lenient() const { return !m_workload.tolerance.none() || !m_workload.checker.empty(); }
  Result<void> keep_expected() const;
  std::string expected_folder() const;
  std::string difference(const Run& run) const;
  std::string content_difference(const Run& run) const;
  std::string file_difference(const std::string& name, const std::string& found) const;
  std::string checker_difference(const Run& run) const;

  Workload m_workload;
  std::shared_ptr<const Sandbox> m_sandbox;
  std::string m_scratch;
  Run m_expected;
  double m_seconds = 0, m_wall_seconds = 0;
  bool m_waits = false;
};

// The gate's self-test: mutations that the plugin can make (break_names()); a function whose every
// mutation goes unnoticed cannot be checked by this workload and is not tuned.
const std::vector<std::string>& mutation_names();

} // namespace autopass
