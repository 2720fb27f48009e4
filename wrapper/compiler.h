// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which compiler is the real one.
#pragma once

#include <string>
#include <vector>

namespace autopass {

struct Compiler {
  std::string path;              // what is exec'd, absolute; empty: none found
  std::string name;              // its argv[0], as a shell that found it would have set it
  std::vector<std::string> mode; // --driver-mode=g++ when there is no clang++ beside it
};

inline constexpr const char* guard_variable = "AUTOPASS_GUARD"; // how deep, in the environment

// How deep we are in compilers that start us again: 0 for a user's own command.
int recursion_depth();
// Notes one level more in the environment of what we exec.
void deepen_recursion();

// AUTOPASS_CLANG, else `configured`, else the newest clang-N on PATH that we have a plugin for,
// else the newest clang-N, else clang. Never ourselves, nor another wrapper of our name. Inside a
// recursion the first two are left out, since one of them has led to it; deeper still nothing is
// found.
Compiler find_compiler(bool cplusplus, const std::string& configured);

} // namespace autopass
