// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// The words of a response or configuration file, GNU quoting.
std::vector<std::string> split_words(std::string_view text);

// Replaces each @file by the words in it, as the driver does (nested files allowed).
// Nothing when a file cannot be read or is UTF-16, or they include one another.
std::optional<std::vector<std::string>> expand_responses(const std::vector<std::string>& arguments);

} // namespace autopass
