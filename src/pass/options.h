// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the plugin is told, by -mllvm options.
#pragma once

#include "util/hash.h"

#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct Breakage {
  Digest function;
  std::string mutation;
};

// -autopass-set: the slice to look plans up in; nothing when it is not given or no digest. After a
// colon the wrapper names the plugin's build, for compiler caches: they see command lines, not us.
std::optional<Digest> slice_option();
// -autopass-evidence: the file to write; empty: none.
std::string evidence_option();
// -autopass-ir: the points at which a function's IR is to be in the evidence; see ir_points.h.
std::vector<std::string> ir_option();
// -autopass-count: where to write what the counters are that the program gets; empty: none.
std::string count_option();
// -autopass-break: breaks one function on purpose, for the gate's self-test.
std::optional<Breakage> break_option();
// -autopass-verdict: when plans fail, the file that says why, and no object; empty: stock code then.
const char* verdict_option(); // safe in a signal handler
// -autopass-limit: seconds of CPU time for a compile with plans; 0: as for a user's.
unsigned limit_option();
// -autopass-frames: evidence of a compile without plans, by which frames are judged; empty: they are not.
std::string frames_option();
// -autopass-plant: how a compile with plans is to fail, for tests (plant.h); empty: not at all.
std::string plant_option();

} // namespace autopass
