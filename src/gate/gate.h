// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What proves the output unchanged: stdout, exit code and declared output files of the untuned
// target, which must be the same each time it runs.
#pragma once

#include "measure/runner.h"

#include <string>
#include <vector>

namespace autopass {

class Gate {
public:
  // Runs the baseline twice. Errors: workload-failed, workload-hangs, workload-stopped, output-varies,
  // workload-too-short (under `least_seconds` of CPU time), workload-silent (prints and writes
  // nothing: an oracle that cannot fail).
  static Result<Gate> create(const Runner& runner, const Workload& workload,
                             const std::string& baseline, double least_seconds = 0.05);
  // Empty: unchanged. Else what differs: "stdout differs: ...", "signal 11", "timed out".
  std::string judge(const Run& run) const;
  const Digest& expected() const { return m_expected.output; }
  double seconds() const { return m_expected.cpu_seconds; }

private:
  explicit Gate(Run expected) : m_expected(std::move(expected)) {}
  Run m_expected;
};

// The gate's self-test: mutations that the plugin can make (break_names()); a function whose every
// mutation goes unnoticed cannot be checked by this workload and is not tuned.
const std::vector<std::string>& mutation_names();

} // namespace autopass
