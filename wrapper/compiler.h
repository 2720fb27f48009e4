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

// The LLVM majors of the plugins beside us, the newest first.
std::vector<int> plugin_majors();

// A link with a compiler's name that leads to us, or to another copy of us.
bool is_wrapper(const std::string& path);

// `name` on PATH, or its path when it has a slash in it; absolute. Never ourselves, nor another
// wrapper of our name; empty: none.
std::string find_program(const std::string& name);

// How deep we are in compilers that start us again: 0 for a user's own command.
int recursion_depth();
// Notes one level more in the environment of what we exec.
void deepen_recursion();

// What the user has chosen: AUTOPASS_CLANG, else the configuration's clang; empty: nothing.
std::string configured_compiler();

// `configured`, else the newest clang on PATH that we have a plugin for, else the newest of all;
// what is called clang-N comes before a plain clang that leads to one. Never ourselves, nor another
// wrapper of our name. Inside a recursion the configured one is left out, since it has led to it;
// deeper still nothing is found.
Compiler find_compiler(bool cplusplus, const std::string& configured);

} // namespace autopass
