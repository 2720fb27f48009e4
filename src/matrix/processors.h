// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which processors a program can be run on here: this one, as compilers know it, and those that an emulator can be.
#pragma once

#include "measure/prefix.h"

#include <string>
#include <vector>

namespace autopass {

// The levels of its family that this one reaches, for -march; best last. None where compilers know no levels.
std::vector<std::string> processor_levels();

struct Emulated {
  std::string name;                       // "aarch64 by qemu"
  std::vector<std::string> compile, link; // words that make a program for it
  Prefix prefix;                          // and run it
};

// Those for which there is an emulator on PATH and, where the program has to be built anew, a C library.
// Debian: qemu-user, libc6-dev-arm64-cross, libgcc-12-dev-arm64-cross (and libstdc++-12-dev-arm64-cross).
std::vector<Emulated> emulated_processors();

} // namespace autopass
