// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "companions.h"

#include "util/paths.h"

namespace autopass {
namespace {

constexpr Companion companions[] = {
    {"ccache", true, false},
    {"sccache", true, false},
    {"distcc", false, true},
    {"icecc", false, true},
    {"buildcache", true, false},
};

} // namespace

const Companion* companion_called(const std::string& program) {
  std::string name = base_name(program);
  name.erase(0, name.starts_with('.') ? 1 : 0);
  name = name.substr(0, name.find('-'));
  for (const auto& companion : companions) {
    if (name == companion.name) {
      return &companion;
    }
  }
  return nullptr;
}

} // namespace autopass
