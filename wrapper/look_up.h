// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Could there be a plan for this compile? Everything that is asked here is read-only and local.
#pragma once

#include "cache/config.h"
#include "compiler.h"
#include "reason.h"

#include <string>

namespace autopass {

struct Slice {
  Reason reason = Reason::None; // why there is none
  std::string digest;           // empty: none
  std::string plugin;           // file to load
  int llvm_major = 0;           // that it is for
  std::string linker;           // the lld that is known to load it; empty: none
  std::string scope;            // as far as it was found out
  std::string cpu;
  Project project;              // around the source; read only after there may be plans at all
};

// For a compile of `source` in the working folder `folder`.
Slice look_up(const Compiler& compiler, const std::string& source, const std::string& folder);

} // namespace autopass
