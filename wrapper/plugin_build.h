// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string>

namespace autopass {

// The build id that the linker wrote into a shared library (NT_GNU_BUILD_ID), in hex; empty: none.
// Only the head of the file is read: a compile waits for this.
std::string build_id(const std::string& library);

} // namespace autopass
