// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The compile path's read-only view of the plans: opened, asked once or per function, closed.
#pragma once

#include "database.h"
#include "plan_store.h"

#include <optional>

namespace autopass {

class Snapshot {
public:
  // An Error's reason is one of: no-snapshot, snapshot-not-a-file, snapshot-too-large,
  // snapshot-corrupt, snapshot-newer, descriptor-closed.
  static Result<Snapshot> open(const std::string& path);

  std::optional<std::string> cpu();
  // True when this very compiler file was seen to load the plugin.
  bool knows_compiler(const CompilerIdentity& compiler);
  // The digest of the slice in force for `key`; nothing when it holds no plan.
  std::optional<Digest> slice(const SliceKey& key);
  bool empty(); // no slice holds any plan

  // The plan for a function in the slice with this digest. A plan that does not parse and validate
  // is an Error with the reason; no such plan is an empty optional.
  Result<std::optional<Plan>> find(const Digest& slice, const Digest& fingerprint,
                                   const Digest& context);

private:
  explicit Snapshot(Database database) : m_database(std::move(database)) {}
  Database m_database;
};

} // namespace autopass
