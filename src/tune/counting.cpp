// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "counting.h"

#include "util/file.h"

#include <iterator>

namespace autopass {
namespace {

constexpr double most_of_the_budget = 0.25; // for the build that counts
// Counters take their time (src/pass/counters.cpp), and a machine with other work takes longer still.
double counting_patience(const CheckedWorkload& workload) { return 10 + 10 * workload.gate.wall_seconds(); }

// What the counters in each file are of. Read before the program runs, which may write to that folder.
Result<std::vector<std::string>> read_descriptions(const std::vector<std::string>& files) {
  std::vector<std::string> all;
  for (const std::string& file : files) {
    TRY(std::string lines, read_file(file));
    all.push_back(std::move(lines));
  }
  return all;
}

Result<std::vector<BranchCounts>> read_counts(const std::vector<std::string>& files,
                                              const std::vector<std::string>& descriptions) {
  std::vector<BranchCounts> all;
  for (std::size_t i = 0; i < files.size(); ++i) {
    TRY(const std::string counters, read_file(files[i] + ".counts"));
    TRY(auto counts, parse_counts(descriptions[i], counters));
    std::move(counts.begin(), counts.end(), std::back_inserter(all));
  }
  return combine_counts(std::move(all));
}

Result<std::vector<BranchCounts>> count(const Harness& harness) {
  TRY(const CountingBinary binary, harness.replica->build_counting());
  TRY(const auto descriptions, read_descriptions(binary.files));
  for (const CheckedWorkload& workload : harness.train) {
    Runner runner = harness.runner;
    runner.set_timeout(counting_patience(workload));
    const auto run = runner.run(workload.workload, binary.path, {}, binary.folder);
    if (!run) {
      return fail(run.error().what, {}, "counting-run-failed");
    }
    // Such a program depends on what no program should; then its branches are not those of the real one.
    if (const std::string wrong = workload.gate.judge(*run); !wrong.empty()) {
      return fail(wrong, {}, "counting-changed-output");
    }
  }
  TRY(auto counts, read_counts(binary.files, descriptions));
  if (counts.empty()) {
    return fail("no counter moved", {}, "nothing-counted");
  }
  return counts;
}

} // namespace

Counted count_branches(const Harness& harness, const Budget& budget) {
  if (harness.replica->slowest_compile() > most_of_the_budget * budget.left()) {
    return {{}, "no-time-to-count"};
  }
  auto counts = count(harness);
  if (!counts) {
    const Error& error = counts.error();
    return {{}, error.reason.empty() ? error.what : error.reason};
  }
  return {std::move(*counts), {}};
}

} // namespace autopass
