// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "trial_log.h"

#include "clock.h"

namespace autopass {

Result<void> TrialLog::add(const std::string& session, const LoggedTrial& trial) {
  TRY(Statement insert,
      m_database.prepare("INSERT INTO trials(session_key, candidate, verdict, samples, proposal, "
                         "created_at) VALUES(?, ?, ?, ?, ?, ?)"));
  insert.bind(session).bind(trial.candidate.hex()).bind(trial.verdict).bind(trial.samples);
  insert.bind(trial.proposal).bind(utc_now());
  return insert.run();
}

Result<std::vector<LoggedTrial>> TrialLog::trials(const std::string& session) {
  TRY(Statement rows, m_database.prepare("SELECT id, candidate, verdict, samples, proposal, "
                                         "created_at FROM trials WHERE session_key = ? ORDER BY id"));
  rows.bind(session);
  std::vector<LoggedTrial> trials;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return trials;
    }
    const auto candidate = Digest::from_hex(rows.text(1));
    if (!candidate) {
      return fail("the trial log holds a malformed digest: " + rows.text(1), {}, "corrupt");
    }
    trials.push_back({rows.number(0), *candidate, rows.text(2), rows.text(3), rows.text(4),
                      rows.text(5)});
  }
}

Result<void> TrialLog::clear(const std::string& session) {
  TRY(Statement remove, m_database.prepare("DELETE FROM trials WHERE session_key = ?"));
  remove.bind(session);
  return remove.run();
}

} // namespace autopass
