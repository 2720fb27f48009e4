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
// The file behind all links is called clang.
bool is_clang(const std::string& path);

// How deep we are in compilers that start us again: 0 for a user's own command.
int recursion_depth();
// Notes one level more in the environment of what we exec.
void deepen_recursion();

// `configured`, else the newest clang on PATH that we have a plugin for, else the newest of all;
// what is called clang-N comes before a plain clang that leads to one. Never ourselves, nor another
// wrapper of our name. Inside a recursion the configured one is left out, since it has led to it;
// deeper still nothing is found.
Compiler find_compiler(bool cplusplus, const std::string& configured);

// Called by a compiler's own name, as from the masquerade folder: clang, clang++-22,
// aarch64-linux-gnu-clang, cc, c++.
bool is_compiler_name(const std::string& called_as);
// The program of that name further on PATH, which knows by it what clang knows by argv[0]: driver,
// target, configuration. A target's name for which there is no program is told to the clang of the
// rest of the name. Where a compiler cache's link is first, it goes on without us on PATH.
Compiler find_namesake(const std::string& called_as);
// Neither its name nor the file behind it says clang: cc where that is gcc, or what we launch.
bool is_other_compiler(const Compiler& compiler);

} // namespace autopass
