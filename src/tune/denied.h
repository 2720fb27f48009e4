// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The deny list as a session uses it: read at its start, and written at once when something is found to
// be to blame, so that a killed session has learnt it, too.
#pragma once

#include "agents/roles.h"
#include "cache/deny_list.h"
#include "candidate.h"

#include <string>
#include <vector>

namespace autopass {

// How the reason of a proposal is counted that had something of the list in it.
inline constexpr const char* denied_reason = "denied";

// Whether the plans say all that failed together.
bool speaks_against(const Denial& denial, const std::vector<FunctionPlan>& plans);

class Denied {
public:
  Denied() = default; // of nothing, and remembers nothing
  // Of a plan store, and of a snapshot, which may be of another machine's store. What is not there
  // denies nothing.
  static Result<Denied> open(const std::string& store, const std::string& snapshot, int llvm_major);

  // Takes away what is denied, and no more: of what failed together the last element of `plans`, where they and those
  // beside them say all of it. What was taken, and why, a line each; plans with nothing left are gone. What is beside them
  // is other targets' (others.h), and not ours to change.
  std::vector<std::string> strip(std::vector<FunctionPlan>& plans, const Candidate& beside = {}) const;
  // The same for the plans of `target` in it.
  std::vector<std::string> strip(Candidate& candidate, std::string target) const;
  // An Error when it cannot be written.
  Result<void> add(Denial denial);
  int llvm_major() const { return m_llvm_major; }

private:
  std::string m_store; // empty: none
  int m_llvm_major = 0;
  std::vector<Denial> m_denials;
};

} // namespace autopass
