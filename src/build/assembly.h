// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One function in the assembly text that clang writes (-S): its instructions, and its hottest loop
// as far as the text tells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace autopass {

struct FunctionCode {
  std::vector<std::string> lines;    // labels ("L3:") and instructions; labels numbered as they come
  std::vector<std::string> hot_loop; // likewise: an innermost loop, the deepest, of those the longest
  int hot_depth = 0;                 // 0: there is no loop
};

// Empty when the function is not in the text.
FunctionCode function_code(std::string_view assembly, std::string_view function);

} // namespace autopass
