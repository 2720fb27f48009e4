// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the fuzz targets share: a folder of their own in memory to write the input to, and checks
// that stop the fuzzer.
#pragma once

#include "util/file.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <unistd.h>

namespace autopass {

inline std::string text(const std::uint8_t* data, std::size_t size) {
  return std::string(reinterpret_cast<const char*>(data), size);
}

inline void check(bool holds) {
  if (!holds) {
    std::abort();
  }
}

inline void must(const Result<void>& done) { check(static_cast<bool>(done)); }

inline std::string enter_scratch_folder() {
  static const std::string folder = [] {
    char name[] = "/dev/shm/autopass-fuzz.XXXXXX";
    check(::mkdtemp(name) != nullptr && ::chdir(name) == 0);
    return std::string(name);
  }();
  return folder;
}

} // namespace autopass
