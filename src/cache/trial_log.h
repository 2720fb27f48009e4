// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What sessions have measured, as it comes, so that one which was interrupted goes on instead of
// measuring again. A table of builds.db.
#pragma once

#include "database.h"

#include <string>
#include <vector>

namespace autopass {

struct LoggedTrial {
  std::string about;   // which measurement: "search <candidate> train 1"
  std::string samples; // JSON, the session's own
};

// `session` names everything that the measurements depend on: target, code, workloads, compiler.
class TrialLog {
public:
  explicit TrialLog(Database& database) : m_database(&database) {}
  Result<void> add(const std::string& session, const LoggedTrial& trial);
  Result<std::vector<LoggedTrial>> trials(const std::string& session); // in the order added
  Result<void> clear(const std::string& session);

private:
  Database* m_database;
};

} // namespace autopass
