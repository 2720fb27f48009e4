// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A build system may put us before the compiler that it has chosen (CMAKE_C_COMPILER_LAUNCHER):
//
//   autopass-clang /usr/bin/clang++-22 -c a.cc
//
// Compilers have all kinds of names (mpicc, nvc, c99, env in front of one), so the file decides,
// not its name. To be told apart is what clang would take as an input in the same place. No
// language can have been set before the first word, so clang goes by the word's ending:
//
//   ending of a source, object, archive or library   an input, whatever is in the file
//   a program's content ("#!", an ELF executable)    launched: a linker refuses either
//   anything else: an object or a library without    an input, even where it may be executed, as
//   an ending, a linker script                       all files of some file systems may
//
// A word without a slash is searched for on PATH when it is launched, and in the working folder
// when it is an input. What is here is an input (clang's error about a program `test` that is to be
// linked stays clang's), unless it is called like clang or is the one that PATH leads to.
#pragma once

#include "compiler.h"

#include <optional>
#include <string>

namespace autopass {

// When `word`, the first of a command, is a program: what is to be exec'd; its path is empty for
// one of us, by whose name we search as ever.
std::optional<Compiler> find_launched(const std::string& word);

} // namespace autopass
