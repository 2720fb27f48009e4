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

Result<bool> SelfTest::try_next(const Digest& function, Known& known) {
  if (known.tried == mutation_names().size()) {
    return false;
  }
  const std::string& mutation = mutation_names()[known.tried++];
  const auto mutant = m_harness.replica->build_broken(function, mutation);
  if (!mutant || mutant->code == m_harness.replica->baseline().code) {
    return true; // the compiler refused it, or there was nothing to break in this way
  }
  TRY(const bool seen, noticed(m_harness, *mutant));
  if (seen) {
    known.sight = Sight::Seen;
    return true;
  }
  known.unnoticed.push_back(mutation);
  known.sight = known.sight == Sight::Seen ? Sight::Seen : Sight::Unseen;
  return true;
}

Result<SelfTest::Sight> SelfTest::check(const Digest& function) {
  if (const auto known = m_known.find(function); known != m_known.end()) {
    return known->second.sight;
  }
  Known known;
  for (bool more = true; more && known.sight != Sight::Seen;) {
    TRY(more, try_next(function, known));
  }
  m_known[function] = known;
  return known.sight;
}

Result<void> SelfTest::look_further(const Digest& function) {
  TRY_VOID(check(function));
  for (bool more = true; more;) {
    TRY(more, try_next(function, m_known.at(function)));
  }
  return {};
}

std::optional<SelfTest::Sight> SelfTest::sight(const Digest& function) const {
  const auto known = m_known.find(function);
  return known == m_known.end() ? std::nullopt : std::optional(known->second.sight);
}

std::vector<std::string> SelfTest::unnoticed(const Digest& function) const {
  const auto known = m_known.find(function);
  return known == m_known.end() ? std::vector<std::string>() : known->second.unnoticed;
}

} // namespace autopass
