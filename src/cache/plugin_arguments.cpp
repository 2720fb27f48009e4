// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plugin_arguments.h"

namespace autopass {

std::vector<std::string> plugin_arguments(const std::string& plugin, int llvm_major,
                                          const std::string& slice) {
  std::vector<std::string> arguments = {"-fpass-plugin=" + plugin, "-mllvm",
                                        "-autopass-set=" + slice};
  // LLVM 19 reads -mllvm options before it loads pass plugins, and would not know ours; plugins of
  // the front end are loaded in time. This one has nothing to say there, but is there.
  if (llvm_major < 22) {
    arguments.insert(arguments.begin(), "-fplugin=" + plugin);
  }
  return arguments;
}

std::vector<std::string> linker_arguments(const std::string& plugin, const std::string& state) {
  return {"--load-pass-plugin=" + plugin, "-mllvm", "-filter-print-funcs=autopass:" + state};
}

} // namespace autopass
