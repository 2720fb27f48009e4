// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "trial_log.h"

#include "clock.h"

namespace autopass {

Result<void> TrialLog::add(const std::string& session, const LoggedTrial& trial) {
  TRY(Statement insert,
      m_database->prepare("INSERT INTO trials(session, about, samples, created_at) "
                          "VALUES(?, ?, ?, ?)"));
  insert.bind(session).bind(trial.about).bind(trial.samples).bind(utc_now());
  return insert.run();
}

Result<std::vector<LoggedTrial>> TrialLog::trials(const std::string& session) {
  TRY(Statement rows, m_database->prepare("SELECT about, samples FROM trials WHERE session = ? "
                                          "ORDER BY id"));
  rows.bind(session);
  std::vector<LoggedTrial> trials;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return trials;
    }
    trials.push_back({rows.text(0), rows.text(1)});
  }
}

Result<void> TrialLog::clear(const std::string& session) {
  TRY(Statement remove, m_database->prepare("DELETE FROM trials WHERE session = ?"));
  remove.bind(session);
  return remove.run();
}

} // namespace autopass
