// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "compiler.h"

#include <string>
#include <vector>

namespace autopass {

// Becomes the compiler: same process, so that signals, limits, descriptors and whoever waits for us
// meet it directly. `prefix`, if any, is what is started in its place, with the compiler as its first
// argument. `additions` come first, where no "--" can turn them into inputs; without either it is tried again
// when it cannot be started so. Returns only when there is nothing to
// run: then the exit code, after one line on stderr.
int launch(const Compiler& compiler, const std::vector<std::string>& prefix,
           const std::vector<std::string>& additions, int argc, char** argv);

} // namespace autopass
