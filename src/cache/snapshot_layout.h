// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is where in a snapshot: SQLite's database, as publication leaves it, and behind it a map
// (constant_map.h) with the answers to all that compiles ask:
//
//   plans                           "some" or "none"
//   cpu                             that of this machine's plans
//   compiler, PATH                  what came of trying it (probe.h)
//   slice, SCOPE, CPU, MAJOR        the digest of the slice in force
//   function, SLICE, FINGERPRINT    "context, plan, context, plan ..."
//
// The map belongs to the database as it was when it was published: its owner is the head of the file,
// in which SQLite counts changes. After any change it is nobody's, and the snapshot counts as damaged.
//
// Why twice: SQLite opens, reads its schema and parses a statement for 0.4 ms in each process that asks
// it, wrapper and plugin are two in every compile, and both would have to load it.
#pragma once

#include "slice_key.h"
#include "util/error.h"
#include "util/hash.h"

#include <array>
#include <optional>
#include <string>

namespace autopass {

// The first bytes of SQLite's file: its format, size in pages, count of changes, schema version.
using SnapshotHead = std::array<unsigned char, 100>;
std::optional<SnapshotHead> read_head(int file);
// Reasons: snapshot-newer, snapshot-older, snapshot-corrupt.
Result<void> check_head(const SnapshotHead& head);
Digest owner_of(const SnapshotHead& head);

Digest key_of_plans();
Digest key_of_cpu();
Digest key_of_compiler(const std::string& path);
Digest key_of_slice(const SliceKey& slice);
Digest key_of_function(const Digest& slice, const Digest& fingerprint);

} // namespace autopass
