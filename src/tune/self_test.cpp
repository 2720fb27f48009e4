// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "self_test.h"

#include <algorithm>
#include <csignal>
#include <string_view>

namespace autopass {
namespace {

constexpr int most_waits = 4;

using Notice = SelfTest::Notice;

// A program that aborts has looked for itself (an assertion, an exception), and a shell tells of that, too.
Notice kind_of(const Run& wrong) {
  const bool aborted = wrong.signal == SIGABRT || wrong.exit_code == 128 + SIGABRT;
  return wrong.ended_by_itself() || aborted ? Notice::Shown : Notice::Crash;
}

Result<Notice> notice_of(const Harness& harness, const CheckedWorkload& workload, const Binary& mutant) {
  TRY(const auto run, run_as_long_as_stock(harness.runner, workload, harness.replica->baseline().path, mutant.path));
  return !run || workload.gate.judge(*run).empty() ? Notice::None : kind_of(*run);
}

// The strongest of all workloads.
Result<Notice> noticed(const Harness& harness, const Binary& mutant) {
  Notice strongest = Notice::None;
  for (const auto& workload : harness.train) {
    TRY(const Notice notice, notice_of(harness, workload, mutant));
    strongest = std::max(strongest, notice);
    if (strongest == Notice::Shown) {
      break;
    }
  }
  return strongest;
}

constexpr std::string_view without_it = "return-early";

} // namespace

// That a program crashes without the function shows that it needs one, not that anything comes of what this one computes:
// enough only where a changed constant, or a store left out, does not say that nothing does.
SelfTest::Sight SelfTest::Known::sight() const {
  const bool values_unnoticed = std::any_of(unnoticed.begin(), unnoticed.end(),
                                            [](const auto& mutation) { return mutation != without_it; });
  if (strongest == Notice::Shown || (strongest == Notice::Crash && !values_unnoticed)) {
    return Sight::Seen;
  }
  return unnoticed.empty() ? Sight::Untestable : Sight::Unseen;
}

Result<std::optional<Run>> run_as_long_as_stock(Runner runner, const CheckedWorkload& workload, const std::string& stock,
                                                const std::string& mutant) {
  double seconds = short_patience(workload);
  for (int number = 0; number < most_waits; ++number, seconds *= 2) {
    runner.set_timeout(seconds);
    TRY(Run broken, runner.run(workload.workload, mutant));
    if (!broken.timed_out) {
      return broken;
    }
    TRY(const Run untouched, runner.run(workload.workload, stock));
    if (!untouched.timed_out) {
      return broken;
    }
  }
  return std::nullopt;
}

Result<bool> SelfTest::try_next(const Digest& function, Known& known) {
  if (known.tried == mutation_names().size()) {
    return false;
  }
  const std::string& mutation = mutation_names()[known.tried++];
  const auto mutant = m_harness.replica->build_broken(function, mutation);
  if (!mutant || mutant->code == m_harness.replica->baseline().code) {
    return true; // the compiler refused it, or there was nothing to break in this way
  }
  TRY(Notice notice, noticed(m_harness, *mutant));
  if (notice == Notice::Crash && mutation != without_it) {
    notice = Notice::Shown; // the value was used
  }
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
  for (bool more = true; more && known.strongest != Notice::Shown;) {
    TRY(more, try_next(function, known));
  }
  m_known[function] = known;
  return known.sight();
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
  return known == m_known.end() ? std::nullopt : std::optional(known->second.sight());
}

std::vector<std::string> SelfTest::unnoticed(const Digest& function) const {
  const auto known = m_known.find(function);
  return known == m_known.end() ? std::vector<std::string>() : known->second.unnoticed;
}

} // namespace autopass
