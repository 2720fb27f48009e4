// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <compare>
#include <string>

namespace autopass {

// Plans are looked up within one slice.
struct SliceKey {
  std::string scope; // project, empty: the common scope
  std::string cpu;   // "znver3"
  int llvm_major = 0;
  auto operator<=>(const SliceKey&) const = default;
};

} // namespace autopass
