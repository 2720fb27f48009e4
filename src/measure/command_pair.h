// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Any two commands as the two sides of a comparison.
#pragma once

#include "compare.h"
#include "pairing.h"

#include <array>
#include <string>
#include <vector>

namespace autopass {

struct CommandPairOptions {
  std::string folder;              // working folder of both
  std::string input = "/dev/null"; // their standard input
  int core = -1;                   // pin here; -1: do not
  double timeout = 600;            // wall seconds for each run
  std::uint64_t output_limit = 1ull << 30; // bytes of stdout, and of any file that they write
  std::span<const CountedEvent> events{}; // counted in each run
  Prefix prefix{};                        // of both
};

class CommandPair {
public:
  using Words = std::vector<std::string>;
  // Each a program with its arguments. What they print goes to files in `scratch`.
  CommandPair(std::array<Words, 2> commands, std::string scratch, CommandPairOptions options)
      : m_commands(std::move(commands)), m_scratch(std::move(scratch)),
        m_options(std::move(options)) {}

  // The user's environment and `extra`, a NAME=value. An Error only when it cannot be started.
  Result<Run> run(std::size_t side, const std::string& extra) const;
  // The first side's run comes first in the result, whoever starts first.
  Result<std::array<Run, 2>> run_both(Pairing pairing, bool first_first,
                                      const std::string& extra) const;
  // Whether they can run at the same time: they are pinned, write nothing in their folder, and
  // print then what they print alone.
  Result<PairingChoice> choose() const;

private:
  std::array<Words, 2> m_commands;
  std::string m_scratch;
  CommandPairOptions m_options;
};

} // namespace autopass
