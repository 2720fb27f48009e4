// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a search leaves alone because a compiler has failed under it: read from the plan store at the
// start, and written there at once when another is found, so that a killed session has learnt it, too.
#pragma once

#include "agents/roles.h"
#include "build/blame.h"
#include "cache/deny_list.h"

#include <string>
#include <vector>

namespace autopass {

class Denied {
public:
  Denied() = default; // of nothing, and remembers nothing
  // Without a store there is nothing denied yet.
  static Result<Denied> open(const std::string& store, int llvm_major);
  // What speaks against a proposal; null: nothing.
  const Denial* find(const Proposal& proposal) const;
  // A store that cannot be written costs the next session a trial.
  void add(const Blamed& blamed);

private:
  std::string m_store; // empty: none
  int m_llvm_major = 0;
  std::vector<Denial> m_denials;
};

} // namespace autopass
