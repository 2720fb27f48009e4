// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A confirmed candidate becomes plans in the store, in one transaction, with the evidence; then the
// snapshot that compiles read is replaced. Only `autopass undo` writes plans besides.
#pragma once

#include "agents/roles.h"
#include "build/replay.h"
#include "confirm.h"
#include "toolchain.h"

namespace autopass {

struct Publication {
  SliceKey key;
  std::string target;
  Candidate candidate;
  Confirmation confirmation;
  Proposal proposal;
  Digest code; // loadable digest of the confirmed binary: what the user's next build must give
};

Result<void> publish(const Publication& publication, const Probe& toolchain);
// The target's plans leave the slice: the next build is stock clang's.
Result<void> withdraw(const SliceKey& key, const std::string& target);

} // namespace autopass
