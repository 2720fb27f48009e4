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
};

} // namespace

const Companion* companion_called(const std::string& program) {
  const std::string name = base_name(program);
  for (const auto& companion : companions) {
    if (name == companion.name) {
      return &companion;
    }
  }
  return nullptr;
}

} // namespace autopass
