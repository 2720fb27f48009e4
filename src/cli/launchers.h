// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "util/paths.h"

#include <algorithm>
#include <string>

namespace autopass {

// Compiler caches and distributors that stand in front of a compiler on its command line.
inline bool is_launcher(const std::string& program) {
  constexpr const char* names[] = {"ccache", "sccache", "distcc", "icecc"};
  return std::find(std::begin(names), std::end(names), base_name(program)) != std::end(names);
}

} // namespace autopass
