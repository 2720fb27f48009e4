// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Words on a terminal: wrapping, durations, and text from outside made harmless.
#pragma once

#include <string>
#include <string_view>

namespace autopass {

inline constexpr std::size_t text_width = 80;

// Control characters (escape sequences from a source file's names, say) become '?'.
std::string printable(std::string_view text);
// `text` broken at blanks into lines of at most text_width columns: the first begins with `first`,
// the others with as many blanks. A longer word gets a line of its own. Ends in a newline.
std::string wrapped(std::string_view first, std::string_view text);
// "0.82 s", "41 s", "3 min 07 s", "1 h 02 min"
std::string duration(double seconds);

} // namespace autopass
