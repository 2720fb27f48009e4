// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Is the gate able to see that a function is wrong? Each function is broken on purpose, one mutation
// after the other, until an output shows it. A function whose every mutation goes unnoticed is not
// exercised, or its result is not looked at: nothing could be promised about a plan for it. The same goes for one that the
// program cannot do without (it crashes when the function returns at once), while nobody notices that it computes something
// else. One of which
// the gate sees a part is tuned; what it does not see is told, for it may be no mutation that matters
// (a store that nobody reads), and only people can tell.
#pragma once

#include "agents/roles.h"
#include "harness.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

// On a busy machine anything takes long: that a mutant did not end says something only if stock code ends in
// the same time. Nothing: neither did.
Result<std::optional<Run>> run_as_long_as_stock(Runner runner, const CheckedWorkload& workload, const std::string& stock,
                                                const std::string& mutant);

class SelfTest {
public:
  enum class Sight { Seen, Unseen, Untestable };
  // Of one mutation. A crash: a signal or a limit has ended the run, and what was broken is only that there is the function.
  enum class Notice { None, Crash, Shown };

  explicit SelfTest(const Harness& harness) : m_harness(harness) {}
  // Builds and runs at most one binary a mutation; remembers the answer. Untestable: no mutation
  // found a place in the function.
  Result<Sight> check(const Digest& function);
  // Goes on where check() had seen enough: what else goes unnoticed?
  Result<void> look_further(const Digest& function);
  std::optional<Sight> sight(const Digest& function) const;
  // Mutations that no run has shown, of those that were tried.
  std::vector<std::string> unnoticed(const Digest& function) const;

private:
  struct Known {
    std::size_t tried = 0; // of mutation_names()
    Notice strongest = Notice::None;
    std::vector<std::string> unnoticed;

    Sight sight() const;
  };
  // Whether there was one to try.
  Result<bool> try_next(const Digest& function, Known& known);

  const Harness& m_harness;
  std::map<Digest, Known> m_known;
};

} // namespace autopass
