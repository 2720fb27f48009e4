// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The two databases' schemas, and how an older file becomes a newer one. Version 1 is the first.
#pragma once

#include "database.h"
#include "schema_version.h"

namespace autopass {

// Creates the schema in an empty database, migrates an older one step by step in one transaction,
// refuses a newer one (reason "newer-schema") and a damaged one (reason "corrupt").
Result<void> prepare_plans(Database& database);
Result<void> prepare_builds(Database& database);
// A snapshot cannot be migrated where it is read. Reasons: snapshot-newer, snapshot-older,
// snapshot-corrupt.
Result<void> check_snapshot_schema(Database& database);

} // namespace autopass
