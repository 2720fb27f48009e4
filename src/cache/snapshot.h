// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The compile path's read-only view of the plans: opened, asked once or per function, closed. Answers
// come from the map behind the database (snapshot_index.h); where there is none that belongs to it, and
// for what no compile asks, from the database.
#pragma once

#include "database.h"
#include "plan_store.h"
#include "snapshot_index.h"

#include <optional>

namespace autopass {

class Snapshot {
public:
  // An Error's reason is one of: no-snapshot, snapshot-not-a-file, snapshot-too-large,
  // snapshot-on-network, snapshot-corrupt, snapshot-newer, snapshot-older, descriptor-closed.
  static Result<Snapshot> open(const std::string& path);

  // Only what is asked for is read, and a file can be damaged in any place: so each answer can be
  // an Error with the reason snapshot-corrupt, which is not the same as "there is none".
  Result<std::optional<std::string>> cpu();
  // Whether this compiler is known to load the plugin that is there for it.
  Result<Standing> standing(const FileIdentity& compiler);
  // The digest of the slice in force for `key`; nothing when it holds no plan.
  Result<std::optional<Digest>> slice(const SliceKey& key);
  Result<bool> empty();                                       // no slice holds any plan
  Result<std::vector<Digest>> functions(const Digest& slice); // that have a plan in it
  // All plans of a slice that this AutoPass can read, each once: for a link, which knows functions
  // by their tags alone.
  Result<std::vector<Plan>> plans(const Digest& slice);
  // Reads all of it, which takes as long as it takes: not for a compile.
  Result<void> check();

  // The plan for a function in the slice with this digest: that of this context, else one stored
  // for any context (zero). A plan that does not parse and validate is an Error with the reason
  // invalid-plan or vocabulary-version, a damaged file one with snapshot-corrupt; no such plan is
  // an empty optional.
  Result<std::optional<Plan>> find(const Digest& slice, const Digest& fingerprint,
                                   const Digest& context);
  // True when the slice holds a plan for this function in some context: tells "no plan" from
  // "context changed".
  bool holds_function(const Digest& slice, const Digest& fingerprint);

private:
  explicit Snapshot(std::string path) : m_path(std::move(path)) {}
  Result<void> open_database(); // unless it is
  Result<std::optional<std::string>> find_text(const Digest& slice, const Digest& fingerprint,
                                               const Digest& context);

  std::string m_path;
  std::optional<SnapshotIndex> m_index;
  std::optional<Database> m_database; // set when there is no index
  std::optional<Statement> m_find, m_holds; // asked once for every function of a compile
};

} // namespace autopass
