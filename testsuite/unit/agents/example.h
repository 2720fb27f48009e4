// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Evidence as the plugin writes it, for tests.
#pragma once

#include "agents/roles.h"

namespace autopass::example {

inline Digest fingerprint(std::uint64_t number) {
  return {number, ~number};
}

inline LoopEvidence loop(int number, int depth, long trip_count, int branches = 1) {
  LoopEvidence loop;
  loop.loop = number;
  loop.depth = depth;
  loop.hash = {0x100u + static_cast<unsigned>(number), 7};
  loop.blocks = branches;
  loop.instructions = 20 + 10 * branches;
  loop.loads = 2;
  loop.stores = 1;
  loop.branches = branches;
  loop.innermost = true;
  loop.trip_count = trip_count;
  loop.element_bits = 32;
  return loop;
}

inline FunctionEvidence function(const std::string& name, std::uint64_t number,
                                 std::vector<LoopEvidence> loops = {}) {
  FunctionEvidence evidence;
  evidence.function = name;
  evidence.linkage = "external";
  evidence.fingerprint = fingerprint(number);
  evidence.context = {9, 9};
  evidence.instructions = 120;
  evidence.blocks = 10;
  evidence.branches = 6;
  evidence.selects = 1;
  evidence.optimised_instructions = 150;
  evidence.loops = std::move(loops);
  return evidence;
}

inline Subject subject(FunctionEvidence evidence, double share) {
  return {std::move(evidence), share, share};
}

} // namespace autopass::example
