// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string>
#include <vector>

namespace autopass {

// What makes a clang of this major load the plugin, look plans up in `slice` and do nothing else.
std::vector<std::string> plugin_arguments(const std::string& plugin, int llvm_major,
                                          const std::string& slice);

// What makes an ld.lld load it. `state` names plans and plugin: ThinLTO's cache (--thinlto-cache-dir)
// keys objects by LLVM's options among other things, but not by plugins. The option that carries
// it is one that says which functions to print when something is printed.
std::vector<std::string> linker_arguments(const std::string& plugin, const std::string& state);

} // namespace autopass
