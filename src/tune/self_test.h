// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Is the gate able to see that a function is wrong? Each function is broken on purpose, one mutation
// after the other, until a run shows it. A function whose every mutation goes unnoticed is not
// exercised, or its result is not looked at: nothing could be promised about a plan for it.
#pragma once

#include "agents/roles.h"
#include "harness.h"

#include <map>
#include <string>

namespace autopass {

class SelfTest {
public:
  enum class Sight { Seen, Unseen, Untestable };

  explicit SelfTest(const Harness& harness) : m_harness(harness) {}
  // Builds and runs at most one binary a mutation; remembers the answer. Untestable: no mutation
  // found a place in the function.
  Result<Sight> check(const Digest& function);
  bool knows(const Digest& function) const { return m_known.contains(function); }

private:
  const Harness& m_harness;
  std::map<Digest, Sight> m_known;
};

} // namespace autopass
