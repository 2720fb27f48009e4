// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "self_test.h"

#include <algorithm>

namespace autopass {
namespace {

// A mutant that loops for ever is noticed too, but should not cost a minute.
double patience(const CheckedWorkload& workload) { return 2 + 4 * workload.gate.seconds(); }

Result<bool> noticed(const Harness& harness, const Binary& mutant) {
  for (const auto& workload : harness.train) {
    Runner runner = harness.runner;
    runner.set_timeout(patience(workload));
    TRY(const Run outcome, runner.run(workload.workload, mutant.path));
    if (!workload.gate.judge(outcome).empty()) {
      return true;
    }
  }
  return false;
}

} // namespace

Result<SelfTest::Sight> SelfTest::check(const Digest& function) {
  if (const auto known = m_known.find(function); known != m_known.end()) {
    return known->second;
  }
  Sight sight = Sight::Untestable;
  for (const auto& mutation : mutation_names()) {
    const auto mutant = m_harness.replica->build_broken(function, mutation);
    if (!mutant || mutant->code == m_harness.replica->baseline().code) {
      continue; // the compiler refused it, or there was nothing to break in this way
    }
    sight = Sight::Unseen;
    TRY(const bool seen, noticed(m_harness, *mutant));
    if (seen) {
      sight = Sight::Seen;
      break;
    }
  }
  m_known[function] = sight;
  return sight;
}

} // namespace autopass
