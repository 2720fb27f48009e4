// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Questions about a snapshot that no compile asks, to the database in it.
#pragma once

#include "util/error.h"
#include "util/hash.h"

#include <string>
#include <vector>

namespace autopass {

// Reads all of it, which takes as long as it takes. Reasons: those of Snapshot::open().
Result<void> check_snapshot(const std::string& path);
// The functions that have a plan in this slice.
Result<std::vector<Digest>> planned_functions(const std::string& snapshot, const Digest& slice);

} // namespace autopass
