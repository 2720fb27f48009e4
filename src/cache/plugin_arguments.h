// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string>
#include <vector>

namespace autopass {

// What makes a clang of this major load the plugin, look plans up in `slice` and do nothing else.
std::vector<std::string> plugin_arguments(const std::string& plugin, int llvm_major,
                                          const std::string& slice);

} // namespace autopass
