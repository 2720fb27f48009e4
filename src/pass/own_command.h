// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The command that this process was started with, for executing it once more.
#pragma once

#include <string>
#include <vector>

namespace autopass {

inline constexpr const char* own_program = "/proc/self/exe"; // also when it was replaced or removed meanwhile

// Not when the dynamic linker was asked to run clang: then that is the program.
bool is_started_directly();

struct OwnCommand {
  bool read(); // sets the words; false: they are not to be had
  // A word is a pipe, or names one (--version-script=/dev/fd/63), which could not be read again.
  bool has_pipe() const;

  std::string text;         // what the words point into
  std::vector<char*> words; // as execve() wants them
};

} // namespace autopass
