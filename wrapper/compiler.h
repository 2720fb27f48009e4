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

// `name` on PATH, or its path when it has a slash in it; absolute. Never ourselves, nor another
// wrapper of our name; empty: none.
std::string find_program(const std::string& name);
// The file behind all links is called clang.
bool is_clang(const std::string& path);

// How deep we are in compilers that start us again: 0 for a user's own command.
int recursion_depth();
// Notes one level more in the environment of what we exec.
void deepen_recursion();

// AUTOPASS_CLANG, else `configured`, else the newest clang-N on PATH that we have a plugin for,
// else the newest clang-N, else clang. Never ourselves, nor another wrapper of our name. Inside a
// recursion the first two are left out, since one of them has led to it; deeper still nothing is
// found.
Compiler find_compiler(bool cplusplus, const std::string& configured);

// Called by a compiler's own name, as from the masquerade folder: clang, clang++-22,
// aarch64-linux-gnu-clang, cc, c++.
bool is_compiler_name(const std::string& called_as);
// The program of that name further on PATH, which knows by it what clang knows by argv[0]: driver,
// target, configuration. A target's name for which there is no program is told to the clang of the
// rest of the name. Where a compiler cache's link is first, it goes on without us on PATH.
Compiler find_namesake(const std::string& called_as);
// cc or c++, and no clang.
bool is_other_compiler(const Compiler& compiler);

} // namespace autopass
