// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Strings: splitting, joining, and quoting for people and shells.
#pragma once

#include "error.h"

#include <string>
#include <string_view>
#include <vector>

namespace autopass {

std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view trim(std::string_view text);
// One word that a POSIX shell reads back unchanged.
std::string shell_quote(std::string_view word);
std::string shell_join(const std::vector<std::string>& words);
// printf into a string: format("%.3f", x).
[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...);

} // namespace autopass
