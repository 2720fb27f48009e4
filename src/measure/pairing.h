// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether two runs of a workload can share a core at the same time.
#pragma once

#include "compare.h"

namespace autopass {

struct PairingChoice {
  Pairing pairing = Pairing::InTurn;
  std::string why_in_turn; // empty when side by side
};

// How it is found out.
struct PairingTrial {
  std::string folder;                  // is watched for files that a run writes
  std::string scratch;                 // ours, below it or not: is not
  std::function<Result<void>()> alone; // one run
  std::function<Result<bool>()> at_once; // two; whether both gave the right output
};
Result<PairingChoice> choose_pairing(const PairingTrial& trial);

// Runs the workload three times. In turn, with the reason: declared output files, files in its
// working folder that a run writes, two runs at once that are not both right, runs that are not
// pinned. Errors are those of a run that cannot be started.
Result<PairingChoice> choose_pairing(const Runner& runner, const Workload& workload,
                                     const std::string& binary, const Judge& judge);

} // namespace autopass
