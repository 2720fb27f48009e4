// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "guard.h"

#include <cstdlib>
#include <string>

namespace autopass {

int recursion_depth() {
  const char* value = std::getenv(guard_variable);
  return value != nullptr ? std::atoi(value) : 0;
}

void deepen_recursion() {
  ::setenv(guard_variable, std::to_string(recursion_depth() + 1).c_str(), 1);
}

} // namespace autopass
