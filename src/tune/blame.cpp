// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "blame.h"

#include "cache/function_counts.h"
#include "util/text.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace autopass {
namespace {

constexpr std::size_t most_builds = 24;
constexpr std::size_t most_builds_of_session = 72;

constexpr std::array plan_failures = {
    FunctionCount::PlanPostcondition, FunctionCount::PlanCrashed, FunctionCount::PlanFatalError,
    FunctionCount::PlanError,         FunctionCount::PlanWarning, FunctionCount::PlanTimeout,
    FunctionCount::PlanOutOfMemory};

Result<std::optional<Error>> wrong_run(const Harness& harness, const Binary& binary,
                                       const Workloads& workloads) {
  TRY(Complaint wrong, first_complaint(harness.runner, binary.path, workloads, short_patience));
  if (!wrong.none()) {
    return Error{std::move(wrong.what), {}, wrong_output_reason};
  }
  return std::nullopt;
}

} // namespace

bool is_plan_failure(std::string_view reason) {
  return std::any_of(plan_failures.begin(), plan_failures.end(),
                     [&](FunctionCount failure) { return name_of(failure) == reason; });
}

std::optional<Error> too_slow_to_compile(const Binary& binary) {
  if (binary.compile_ratio <= most_compile_ratio) {
    return std::nullopt;
  }
  return Error{format("compiles %.0f times as long as without", binary.compile_ratio), {},
               std::string(name_of(FunctionCount::PlanTimeout))};
}

Result<std::optional<Error>> failure_of(const Harness& harness, const Candidate& candidate,
                                        const Workloads& workloads) {
  const auto binary = harness.replica->build(candidate);
  if (!binary) {
    return is_plan_failure(binary.error().reason) ? std::optional(binary.error()) : std::nullopt;
  }
  if (auto slow = too_slow_to_compile(*binary)) {
    return slow;
  }
  return wrong_run(harness, *binary, workloads);
}

Result<std::optional<Denial>> Blame::find(const Candidate& candidate, const Error& failure,
                                          const Workloads& workloads, double seconds) {
  if (failure.reason == name_of(FunctionCount::PlanWarning)) {
    say("a warning that the program may have without plans, too: nothing is denied"); // nobody has asked stock clang
    return std::nullopt;
  }
  std::vector<Piece> pieces = pieces_of(candidate);
  const auto known = std::stable_partition(pieces.begin(), pieces.end(), [&](const Piece& piece) {
    return m_trusted.contains({piece.function, digest(piece.element)});
  });
  if (pieces.empty()) {
    return std::nullopt;
  }
  if (!workloads.empty()) {
    TRY(const auto again, failure_of(m_harness, candidate, workloads));
    if (!again) {
      say("it did not fail again: nothing is denied");
      return std::nullopt;
    }
  }
  std::optional<Error> broken; // the search itself
  const auto kept_of = [&](const std::vector<std::size_t>& places) {
    std::vector<Piece> kept;
    for (const std::size_t place : places) {
      kept.push_back(pieces[place]);
    }
    return only(candidate, kept);
  };
  const auto ask = [&](const std::vector<std::size_t>& places) -> std::optional<Error> {
    auto asked = failure_of(m_harness, kept_of(places), workloads);
    if (!asked) {
      broken = asked.error();
      return std::nullopt;
    }
    return *asked;
  };
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  const std::size_t most = std::min(most_builds, most_builds_of_session - m_asked);
  const Smallest smallest =
      find_smallest(pieces.size(), static_cast<std::size_t>(known - pieces.begin()), failure, ask, most, [&] {
        return broken.has_value() || std::chrono::steady_clock::now() >= end;
      });
  m_asked += smallest.asked;
  if (broken) {
    return tl::make_unexpected(*broken);
  }
  const Candidate to_blame = kept_of(smallest.to_blame);
  TRY(const bool sure, is_sure(to_blame, workloads));
  if (!sure) {
    say("it is not wrong each time, or stock code is wrong as well: nothing is denied");
    return std::nullopt;
  }
  Denial denial = denial_of(to_blame, smallest.failure);
  TRY_VOID(m_denied.add(denial));
  m_found.push_back(denial);
  say("to blame, and not tried again: " + describe(denial) + " (" + denial.reason + ", " +
      denial.detail + "; " + format("%zu builds", smallest.asked) +
      (smallest.complete ? ")" : "; part of it may be enough)"));
  return denial;
}

void Blame::trust(const Candidate& candidate) {
  for (const Piece& piece : pieces_of(candidate)) {
    m_trusted.insert({piece.function, digest(piece.element)});
  }
}

Result<bool> Blame::is_sure(const Candidate& smallest, const Workloads& workloads) {
  if (workloads.empty()) {
    return true;
  }
  TRY(const auto stock, wrong_run(m_harness, m_harness.replica->baseline(), workloads));
  if (stock) {
    return false;
  }
  TRY(const auto again, failure_of(m_harness, smallest, workloads));
  return again.has_value();
}

Denial Blame::denial_of(const Candidate& smallest, const Error& failure) const {
  Denial denial;
  denial.llvm_major = m_denied.llvm_major();
  denial.target = m_harness.replica->target().path;
  denial.reason = failure.reason;
  denial.detail = failure.what;
  for (const StoredPlan& stored : smallest.plans) { // the same in each context
    if (denial.plans.empty() || denial.plans.back().fingerprint != stored.fingerprint) {
      denial.plans.push_back({stored.fingerprint, stored.plan, stored.function});
    }
  }
  return denial;
}

void Blame::say(const std::string& line) const {
  if (m_say) {
    m_say(line);
  }
}

} // namespace autopass
