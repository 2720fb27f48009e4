// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "verdict.h"

#include <array>
#include <cstddef>

namespace autopass {

std::string_view verdict_name(Verdict verdict) {
  constexpr std::array<std::string_view, 6> names{"faster",       "slower",  "no difference found",
                                                  "wrong output", "invalid", "failed"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string_view screened_name(Verdict verdict) {
  return verdict == Verdict::Faster   ? "looks faster"
         : verdict == Verdict::Slower ? "looks slower"
                                      : verdict_name(verdict);
}

} // namespace autopass
