// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What can be said of a candidate. There is no other word: what a search has only screened *looks* faster or slower.
#pragma once

#include <string_view>

namespace autopass {

enum class Verdict { Faster, Slower, NoDifference, WrongOutput, Invalid, Failed };
std::string_view verdict_name(Verdict verdict); // "faster", "slower", "no difference found", ...
// Of a screening, whose few pairs claim nothing: "looks faster", "looks slower", else the same.
std::string_view screened_name(Verdict verdict);

} // namespace autopass
