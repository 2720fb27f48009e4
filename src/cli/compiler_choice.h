// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string>
#include <vector>

namespace autopass {

// What CC says, in its parts: "ccache clang-19 -m32".
struct CompilerChoice {
  std::vector<std::string> launchers; // caches and distributors in front
  std::string compiler;               // empty: none is named
  std::vector<std::string> flags;
};

CompilerChoice take_apart(const std::string& value);

} // namespace autopass
