// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What compiles ask of a snapshot, written as a map behind its database (constant_map.h). snapshot.h
// reads it, snapshot_layout.h says what is where.
#pragma once

#include "util/error.h"

#include <string>

namespace autopass {

// Writes it behind the database that is in `path`, which nobody else has open and which has no map.
Result<void> append_map(const std::string& path);

} // namespace autopass
