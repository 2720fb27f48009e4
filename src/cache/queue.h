// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Targets that wait to be tuned in the background; one at a time on this host. A table of
// builds.db.
#pragma once

#include "database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct QueueEntry {
  std::int64_t id = 0;
  std::string target;     // absolute
  std::string folder;     // of its .autopass.toml
  std::string state;      // "queued", "running", "done", "failed"
  std::string created_at; // ISO 8601, UTC
  std::string started_at;
  std::int64_t pid = 0;
  std::string message;
};

class Queue {
public:
  explicit Queue(Database& database) : m_database(database) {}
  // Nothing when the target is queued already. One that is being tuned may be queued again: it was
  // linked anew in the meantime.
  Result<void> push(const std::string& target, const std::string& folder);
  Result<std::vector<QueueEntry>> list(); // in order
  // The next entry, now running under `pid`; nothing when none waits or one is running. An entry
  // whose process is gone waits again.
  Result<std::optional<QueueEntry>> claim(std::int64_t pid);
  // Of a target's finished entries the last stays.
  Result<void> finish(std::int64_t id, bool success, const std::string& message);

  // An entry that could not be worked on now waits again, in its old place, unless its target was
  // queued anew in the meantime.
  Result<void> put_back(std::int64_t id);

private:
  Result<void> requeue_orphans();
  Database& m_database;
};

} // namespace autopass
