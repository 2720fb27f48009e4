// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The compile path's read-only view of the plans: opened, asked once or per function, closed. It reads
// the map behind the snapshot's database (snapshot_layout.h), not the database: there is no SQLite in
// what every compile loads.
#pragma once

#include "constant_map.h"
#include "plan/plan.h"
#include "probe.h"
#include "slice_key.h"

#include <optional>

namespace autopass {

// A plan stored for it acts in any context.
inline constexpr Digest any_context{};

class Snapshot {
public:
  // An Error's reason is one of: no-snapshot, snapshot-not-a-file, snapshot-too-large,
  // snapshot-on-network, snapshot-corrupt (also: edited since it was published), snapshot-newer,
  // snapshot-older, descriptor-closed.
  static Result<Snapshot> open(const std::string& path);

  // Only what is asked for is read, and a file can be damaged in any place: so each answer can be
  // an Error with the reason snapshot-corrupt, which is not the same as "there is none".
  Result<std::optional<std::string>> cpu() const;
  // Whether this compiler is known to load the plugin that is there for it.
  Result<Standing> standing(const FileIdentity& compiler) const;
  // The digest of the slice in force for `key`; nothing when it holds no plan.
  Result<std::optional<Digest>> slice(const SliceKey& key) const;
  Result<bool> empty() const; // no slice holds any plan

  // The plan for a function in the slice with this digest: that of this context, else one stored
  // for any context (zero). A plan that does not parse and validate is an Error with the reason
  // invalid-plan or vocabulary-version, a damaged file one with snapshot-corrupt; no such plan is
  // an empty optional.
  Result<std::optional<Plan>> find(const Digest& slice, const Digest& fingerprint,
                                   const Digest& context) const;
  // True when the slice holds a plan for this function in some context: tells "no plan" from
  // "context changed".
  bool holds_function(const Digest& slice, const Digest& fingerprint) const;
  // Reads all of the map, which takes as long as it takes: not for a compile.
  Result<void> check_map() const;

private:
  explicit Snapshot(ConstantMap map) : m_map(std::move(map)) {}
  Result<std::optional<std::string>> look_up(const Digest& key) const;
  ConstantMap m_map;
};

} // namespace autopass
