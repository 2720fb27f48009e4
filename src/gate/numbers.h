// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two texts that are the same but for the last digits of their numbers.
#pragma once

#include "measure/tolerance.h"

#include <string>
#include <string_view>

namespace autopass {

// Empty: the texts are the same where they are no numbers, and each number with a point or an exponent
// in either text is within the tolerance of its field, relative to the larger of the two. Else the first place
// where they differ, for people: "line 3: 1.25, expected 1.5".
std::string numbers_differ(std::string_view expected, std::string_view found, const Tolerance& tolerance);

} // namespace autopass
