// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A build system may put us before the compiler that it has chosen (CMAKE_C_COMPILER_LAUNCHER):
//
//   autopass-clang /usr/bin/clang++-22 -c a.cc
#pragma once

#include "compiler.h"

#include <optional>
#include <string>

namespace autopass {

// When `word`, the first of a command, is a program with a compiler's name: what is to be exec'd; its
// path is empty for a name of our own, by which we search as ever.
// The name decides because an input can be executable, too; no input is called like a compiler.
std::optional<Compiler> find_launched(const std::string& word);

} // namespace autopass
