// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The baseline: every unit compiled once by stock clang, linked, and proven to be what the user
// built.
#pragma once

#include "elf.h"
#include "relink.h"
#include "replay.h"

#include <string>
#include <vector>

namespace autopass {

struct BaselineUnit {
  std::string object;
  Digest code;                          // loadable_digest of it
  double seconds = 0;                   // CPU time of the compile
  std::string said;                     // its warnings
  std::vector<std::string> environment; // what each further compile of it gets, too
};

struct Baseline {
  std::vector<BaselineUnit> units;
  Binary binary;
  std::vector<std::string> notes;
};

Result<Baseline> build_baseline(const BuiltTarget& target, const Builder& builder,
                                Relinker& relinker, const std::string& scratch,
                                const ReplayOptions& options);

// The compile's arguments that load the plugin with the slice of this digest.
std::vector<std::string> plugin_arguments(const ReplayOptions& options, const std::string& slice);

} // namespace autopass
