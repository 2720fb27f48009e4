// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What can be said of a candidate. There is no other word.
#pragma once

#include <string_view>

namespace autopass {

enum class Verdict { Faster, Slower, NoDifference, WrongOutput, Invalid, Failed };
std::string_view verdict_name(Verdict verdict); // "faster", "slower", "no difference found", ...

} // namespace autopass
