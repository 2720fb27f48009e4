// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "preloading.h"

#include "util/paths.h"

#include <unistd.h>

namespace autopass {
namespace {

bool is_something_preloaded() {
  return !variable("LD_PRELOAD").empty() || !variable("LD_AUDIT").empty() ||
         ::access("/etc/ld.so.preload", F_OK) == 0;
}

} // namespace

void give_way_to_preloading(char** argv) {
  const std::string folder = is_something_preloaded() ? own_library_folder() : "";
  if (!folder.empty()) {
    ::execv((folder + "/" + std::string(preloadable_wrapper)).c_str(), argv);
  }
}

} // namespace autopass
