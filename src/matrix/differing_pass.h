// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which pass makes a program print something else when it is built in another way.
#pragma once

#include "opt_bisect.h"
#include "tune/harness.h"
#include "tune/talk.h"

#include <string>

namespace autopass {

struct DifferingPass {
  PassRun run;           // with it and all before it the program prints one thing, without it another; pass empty: none
  std::string source;    // of the compile that it is in
  bool as_built = false; // that is the build's own compile, which without the pass says what the other way does
  std::string why_none = {};
};

// `wrong` does not print what the gate wants; a run may take that long. Errors: those of build_variant(). Asks nothing more
// once half of what is left of the budget is spent.
Result<DifferingPass> find_differing_pass(const Harness& harness, const Variant& wrong, const Patience& patience,
                                          const Talk& talk);

} // namespace autopass
