// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace autopass {

// Replaces each @file by the words in it, as the driver does (GNU quoting, nested files allowed).
// Nothing when a file cannot be read, or they include one another.
std::optional<std::vector<std::string>> expand_responses(const std::vector<std::string>& arguments);

} // namespace autopass
