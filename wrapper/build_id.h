// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string>

namespace autopass {

// What tells this build of a program or library from another: the build id in hex, which the linker
// wrote; of a file without one, its size and time. Empty: it cannot be read. Only the head of the file
// is read: a compile waits for this.
std::string build_id(const std::string& path);

} // namespace autopass
