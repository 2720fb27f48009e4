// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string>

namespace autopass {

// What tells this build of the plugin from another: the build id in hex, which the linker wrote; of
// a library without one, its size and time. Empty: it cannot be read. Only the head of the file is
// read: a compile waits for this.
std::string plugin_build(const std::string& library);

} // namespace autopass
