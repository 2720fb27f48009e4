// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "self_test.h"

#include <algorithm>

namespace autopass {
namespace {

constexpr int most_waits = 4;

using Notice = SelfTest::Notice;

// On a busy machine anything takes long: that a run did not end says something only if stock code ends in
// the same time. Where it never does, nothing was noticed.
Result<Notice> notice_of(const Harness& harness, const CheckedWorkload& workload, const Binary& mutant) {
  Runner runner = harness.runner;
  double seconds = short_patience(workload);
  for (int number = 0; number < most_waits; ++number, seconds *= 2) {
    runner.set_timeout(seconds);
    TRY(const Run outcome, runner.run(workload.workload, mutant.path));
    if (!outcome.timed_out) {
      const bool wrong = !workload.gate.judge(outcome).empty();
      return !wrong ? Notice::None : outcome.ended_by_itself() ? Notice::Output : Notice::Crash;
    }
    TRY(const Run stock, runner.run(workload.workload, harness.replica->baseline().path));
    if (!stock.timed_out) {
      return Notice::Crash;
    }
  }
  return Notice::None;
}

// The strongest of all workloads.
Result<Notice> noticed(const Harness& harness, const Binary& mutant) {
  Notice strongest = Notice::None;
  for (const auto& workload : harness.train) {
    TRY(const Notice notice, notice_of(harness, workload, mutant));
    strongest = std::max(strongest, notice);
    if (strongest == Notice::Output) {
      break;
    }
  }
  return strongest;
}

// An output that differs settles it. A crash shows that the function is run and needed, and not that anybody looks at
// what it computes: it is enough only where no other mutation says that nobody does.
SelfTest::Sight sight_of(Notice strongest, bool unnoticed) {
  if (strongest == Notice::Output || (strongest == Notice::Crash && !unnoticed)) {
    return SelfTest::Sight::Seen;
  }
  return unnoticed ? SelfTest::Sight::Unseen : SelfTest::Sight::Untestable;
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
  TRY(const Notice notice, noticed(m_harness, *mutant));
  known.strongest = std::max(known.strongest, notice);
  if (notice == Notice::None) {
    known.unnoticed.push_back(mutation);
  }
  return true;
}

Result<SelfTest::Sight> SelfTest::check(const Digest& function) {
  if (const auto known = sight(function)) {
    return *known;
  }
  Known known;
  for (bool more = true; more && known.strongest != Notice::Output;) {
    TRY(more, try_next(function, known));
  }
  known.sight = sight_of(known.strongest, !known.unnoticed.empty());
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
