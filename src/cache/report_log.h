// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reports of past sessions. A table of builds.db.
#pragma once

#include "database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct LoggedReport {
  std::int64_t id = 0;
  std::string target;     // absolute
  std::string created_at; // ISO 8601, UTC
  std::string json;       // as to_json() writes it
};

class ReportLog {
public:
  explicit ReportLog(Database& database) : m_database(database) {}
  Result<void> add(const std::string& target, const std::string& json);
  Result<std::optional<LoggedReport>> last(const std::string& target);
  Result<std::vector<LoggedReport>> all(); // the newest first

private:
  Database& m_database;
};

} // namespace autopass
