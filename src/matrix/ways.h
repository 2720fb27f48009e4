// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   way                        must print what the build prints, and is compared with
//   -O0 -O1 -O2 -O3            the level below: more optimisation has no business being slower
//   -Os -Oz                    nothing: they are for size
//   -O1 -O2 -O3 with plans     the level without, where plans act in the program
//   -march=x86-64-v2 -v3 -v4   the build itself, as far as this processor goes
//   aarch64 ... by qemu        nothing: an emulator's time is nobody's (processors.h)
//
// Each way is the recorded build with those words behind each compile's own. Plans belong to the context
// that they were found in; here they act in any.
#pragma once

#include "build/replay.h"
#include "build/target.h"
#include "measure/prefix.h"

#include <string>
#include <vector>

namespace autopass {

struct Way {
  std::string name;
  Variant variant;
  std::string below; // a way's name; empty: only its output counts
  Prefix prefix = {}; // empty: the session's
};

inline const std::string as_built = "as built"; // the way that changes nothing

// `plans` are those that act in the program, `prefix` the session's. Notes say which ways were left out, and why.
std::vector<Way> all_ways(const BuiltTarget& target, const Candidate& plans, const Prefix& prefix,
                          std::vector<std::string>& notes);

} // namespace autopass
