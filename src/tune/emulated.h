// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Processors that this machine is not, and that an emulator on it can be.
#pragma once

#include "measure/prefix.h"

#include <string>
#include <vector>

namespace autopass {

struct Emulated {
  std::string name;                       // "aarch64 by qemu"
  std::vector<std::string> compile, link; // words that make a program for it
  Prefix prefix;                          // and run it
};

// Those for which there is an emulator on PATH and, where the program has to be built anew, a C library.
// Debian: qemu-user, libc6-dev-arm64-cross, libgcc-12-dev-arm64-cross (and libstdc++-12-dev-arm64-cross).
std::vector<Emulated> emulated_processors();

} // namespace autopass
