// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What sessions have measured, trial by trial, so that one which was interrupted goes on instead of
// measuring again. A table of builds.db.
#pragma once

#include "database.h"
#include "util/hash.h"

#include <cstdint>
#include <string>
#include <vector>

namespace autopass {

struct LoggedTrial {
  std::int64_t id = 0;
  Digest candidate;
  std::string verdict;    // as verdict_name() writes it
  std::string samples;    // JSON
  std::string proposal;   // JSON
  std::string created_at; // ISO 8601, UTC; set by add()
};

// `session` names everything that the measurements depend on: target, code, workloads, compiler.
class TrialLog {
public:
  explicit TrialLog(Database& database) : m_database(database) {}
  Result<void> add(const std::string& session, const LoggedTrial& trial);
  Result<std::vector<LoggedTrial>> trials(const std::string& session); // in the order added
  Result<void> clear(const std::string& session);

private:
  Database& m_database;
};

} // namespace autopass
