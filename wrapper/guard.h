// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A compiler that we start may be a script that starts us again. That is a chain, and an ordinary
// one (`clang++` runs `clang --driver-mode=g++`, `clang` runs `clang-22`), until it goes round in a
// circle; only the length tells them apart.
#pragma once

namespace autopass {

inline constexpr const char* guard_variable = "AUTOPASS_GUARD"; // how deep, in the environment
inline constexpr int longest_chain = 10;

// How deep we are in compilers that start us again: 0 for a user's own command.
int recursion_depth();
// Notes one level more in the environment of what we exec.
void deepen_recursion();

} // namespace autopass
