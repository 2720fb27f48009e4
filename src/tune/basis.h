// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Steps 1 to 3 of a session: what is tuned, with which compiler, on which core; its baseline rebuilt
// and equal to what the user built; its noise known.
#pragma once

#include "build/target.h"
#include "cache/build_record.h"
#include "cache/plan_store.h"
#include "harness.h"
#include "session.h"
#include "talk.h"
#include "toolchain.h"

#include <string>

namespace autopass {

struct Basis {
  BuiltTarget target;
  Probe toolchain;
  SliceKey key;
  std::string scratch; // the same for each session of a target: the next one clears what a kill left
  int measure_core = -1;
  int build_core = -1;
};

// The build record with all that compiles have appended; an Error, before anything is built, where the
// record or the plans cannot be read.
Result<BuildRecord> open_everything();

// Reasons of errors: those of resolve(), probe_toolchain() and check_toolchain().
Result<Basis> find_basis(BuildRecord& record, const TuneOptions& options, const Project& project,
                         const Config& config);

// Errors: those of Replica::create() and Gate::create(); sandbox-refused.
Result<Harness> rebuild_and_calibrate(const Basis& basis, const TuneOptions& options,
                                      const Talk& talk);

// Equal when measurements of one session hold for another.
Digest session_name(const Basis& basis, const Harness& harness, const TuneOptions& options);

} // namespace autopass
