// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "util/error.h"

#include <string>

namespace autopass {

// What stands there can be opened by a compile, and is no FIFO, no folder, nothing on a network file
// system and not too large; descriptors 0-2 are open. Reasons of errors: no-snapshot,
// snapshot-not-a-file, snapshot-too-large, snapshot-on-network, descriptor-closed.
Result<void> check_snapshot_file(const std::string& path);

// Locks and shared memory of SQLite do not work there, and a dead server would hang a compile.
bool on_network_file_system(const std::string& path);

} // namespace autopass
