// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What compiles ask of a snapshot, once more behind its database, as a map (constant_map.h): SQLite
// opens, reads its schema and parses a statement for 0.4 ms in each process that asks it, and wrapper
// and plugin are two in every compile. The map is asked in microseconds.
//
// The map belongs to the database as it was when it was published: its owner is the head of the file,
// in which SQLite counts changes. After any change, and in a snapshot of an AutoPass without the map,
// the database itself is asked.
#pragma once

#include "constant_map.h"
#include "plan_store.h"
#include "probe.h"

namespace autopass {

// Writes it behind the database that is in `path`, which nobody else has open.
Result<void> append_index(const std::string& path);

class SnapshotIndex {
public:
  // Nothing: there is none that belongs to this database. `path` has been looked at by
  // check_snapshot_file().
  static std::optional<SnapshotIndex> open(const std::string& path);

  // As Snapshot has them.
  Result<bool> empty() const;
  Result<std::optional<std::string>> cpu() const;
  Result<std::vector<Probe>> probes(const std::string& compiler) const;
  Result<std::optional<Digest>> slice(const SliceKey& key) const;
  Result<void> check() const { return m_map.check(); }

  struct Found {
    bool function = false;           // the slice holds a plan for it, in some context
    std::optional<std::string> plan; // of this context, else of any
  };
  Result<Found> find(const Digest& slice, const Digest& fingerprint, const Digest& context) const;

private:
  explicit SnapshotIndex(ConstantMap map) : m_map(std::move(map)) {}
  ConstantMap m_map;
};

} // namespace autopass
