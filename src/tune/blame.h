// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// When the compiler fails under a candidate, or the program is wrong with it: which of its pieces it was. The
// candidate is built again with fewer of them, as smallest.h says, and the gate asked each time; what is to
// blame goes on the deny list, and the session goes on without it.
//
// Nothing is denied on a single sight of it: a wrong output has to come twice more, and stock code has to be
// right between.
#pragma once

#include "candidate.h"
#include "denied.h"
#include "harness.h"
#include "smallest.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopass {

// The reason of what made a program print something else, crash or hang.
inline constexpr const char* wrong_output_reason = "wrong-output";
// Above this ratio of compile times a candidate is to blame, too (plan-timeout).
inline constexpr double most_compile_ratio = 10;

// Whether a build with this error failed by its plans, and not for want of something else.
bool is_plan_failure(std::string_view reason);

// That a build takes too long, if so.
std::optional<Error> too_slow_to_compile(const Binary& binary);

// How a candidate fails: a reason of a plan failure, or on one of these workloads wrong_output_reason. Nothing: it
// does not, or it is not built for another reason.
Result<std::optional<Error>> failure_of(const Harness& harness, const Candidate& candidate,
                                        const Workloads& workloads);

class Blame {
public:
  using Say = std::function<void(const std::string& line)>;
  Blame(const Harness& harness, Denied& denied, Say say = {})
      : m_harness(harness), m_denied(denied), m_say(std::move(say)) {}

  // `candidate` was seen to fail: in its compile when there are no `workloads`, else on one of them. Takes at most
  // 24 builds, 72 in a session, and `seconds`; out of them, what is known to fail by then is denied. Nothing: it did
  // not fail again.
  Result<std::optional<Denial>> find(const Candidate& candidate, const Error& failure,
                                     const Workloads& workloads, double seconds);
  // A candidate that was right: what is in it is suspected last from now on.
  void trust(const Candidate& candidate);
  const Denied& denied() const { return m_denied; }
  const std::vector<Denial>& found() const { return m_found; } // by all calls

private:
  Result<bool> is_sure(const Candidate& smallest, const Workloads& workloads);
  Denial denial_of(const Candidate& smallest, const Error& failure) const;
  void say(const std::string& line) const;

  const Harness& m_harness;
  Denied& m_denied;
  Say m_say;
  std::size_t m_asked = 0;
  std::set<std::pair<Digest, Digest>> m_trusted; // functions with elements
  std::vector<Denial> m_found;
};

} // namespace autopass
