// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The command line as data. The parsing library is slow to compile and seen by two files alone (parser_parts.h).
#pragma once

#include "verbs.h"

#include <optional>

namespace autopass {

struct Parsed {
  std::optional<Invocation> invocation; // none: there is nothing left to do
  int exit_code = exit_done;            // then
};

// Prints help and version on stdout, complaints on stderr.
Parsed parse_arguments(int argc, char** argv);

} // namespace autopass
