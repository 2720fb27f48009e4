// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report_log.h"

#include "clock.h"

namespace autopass {
namespace {

LoggedReport report_of(const Statement& row) {
  return {row.number(0), row.text(1), row.text(2), row.text(3)};
}

} // namespace

Result<void> ReportLog::add(const std::string& target, const std::string& json) {
  TRY(Statement insert,
      m_database.prepare("INSERT INTO reports(target, created_at, json) VALUES(?, ?, ?)"));
  insert.bind(target).bind(utc_now()).bind(json);
  return insert.run();
}

Result<std::optional<LoggedReport>> ReportLog::last(const std::string& target) {
  TRY(Statement find, m_database.prepare("SELECT id, target, created_at, json FROM reports "
                                         "WHERE target = ? ORDER BY id DESC LIMIT 1"));
  find.bind(target);
  TRY(const bool row, find.step());
  return row ? std::optional<LoggedReport>(report_of(find)) : std::nullopt;
}

Result<std::vector<LoggedReport>> ReportLog::all() {
  TRY(Statement rows,
      m_database.prepare("SELECT id, target, created_at, json FROM reports ORDER BY id DESC"));
  std::vector<LoggedReport> reports;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return reports;
    }
    reports.push_back(report_of(rows));
  }
}

} // namespace autopass
