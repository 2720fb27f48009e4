// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "self_test.h"

#include <algorithm>

namespace autopass {
namespace {

constexpr int most_waits = 4;

// On a busy machine anything takes long: that a run did not end says something only if stock code ends in
// the same time. Where it never does, nothing was noticed.
Result<bool> notices(const Harness& harness, const CheckedWorkload& workload,
                     const Binary& mutant) {
  Runner runner = harness.runner;
  double seconds = short_patience(workload);
  for (int number = 0; number < most_waits; ++number, seconds *= 2) {
    runner.set_timeout(seconds);
    TRY(const Run outcome, runner.run(workload.workload, mutant.path));
    if (!outcome.timed_out) {
      return !workload.gate.judge(outcome).empty();
    }
    TRY(const Run stock, runner.run(workload.workload, harness.replica->baseline().path));
    if (!stock.timed_out) {
      return true;
    }
  }
  return false;
}

Result<bool> noticed(const Harness& harness, const Binary& mutant) {
  for (const auto& workload : harness.train) {
    TRY(const bool seen, notices(harness, workload, mutant));
    if (seen) {
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
