// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The tries of probe.h as rows of plans.db.
#pragma once

#include "database.h"
#include "probe.h"

#include <string>
#include <vector>

namespace autopass {

// One row; the same two files are remembered once, and of each compiler's path the newest few.
Result<void> remember_probe(Database& database, const Probe& probe);
// Those of one compiler's path, the newest first.
Result<std::vector<Probe>> probes_of(Database& database, const std::string& compiler);

} // namespace autopass
