// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "queue.h"

#include "clock.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace autopass {
namespace {

// When a process was started, in clock ticks since boot; 0 when there is none. Process numbers are
// used again, start times are not. /proc/PID/stat: "PID (name) state ...", start time is field 22,
// and the name may hold blanks and parentheses.
std::int64_t start_time(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  const std::string line{std::istreambuf_iterator<char>(file), {}};
  auto at = line.rfind(')');
  for (int field = 2; field < 22 && at != std::string::npos; ++field) {
    at = line.find(' ', at + 1);
  }
  return at != std::string::npos ? std::atoll(line.c_str() + at) : 0;
}

QueueEntry entry_of(const Statement& row) {
  return {row.number(0), row.text(1), row.text(2),   row.text(3),
          row.text(4),   row.text(5), row.number(6), row.text(7)};
}

constexpr const char* select_entries =
    "SELECT id, target, folder, state, created_at, started_at, pid, message FROM queue ";

} // namespace

Result<void> Queue::push(const std::string& target, const std::string& folder) {
  TRY(Statement insert,
      m_database.prepare("INSERT INTO queue(target, folder, state, created_at) "
                         "SELECT ?1, ?2, 'queued', ?3 WHERE NOT EXISTS "
                         "(SELECT 1 FROM queue WHERE target = ?1 AND state = 'queued')"));
  insert.bind(target).bind(folder).bind(utc_now());
  return insert.run();
}

Result<std::vector<QueueEntry>> Queue::list() {
  TRY(Statement rows, m_database.prepare(std::string(select_entries) + "ORDER BY id"));
  std::vector<QueueEntry> entries;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return entries;
    }
    entries.push_back(entry_of(rows));
  }
}

Result<void> Queue::requeue_orphans() {
  TRY(Statement rows, m_database.prepare("SELECT id, pid, pid_start FROM queue "
                                         "WHERE state = 'running'"));
  std::vector<std::int64_t> orphans;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      break;
    }
    if (start_time(rows.number(1)) != rows.number(2)) {
      orphans.push_back(rows.number(0));
    }
  }
  TRY(Statement update,
      m_database.prepare("UPDATE queue SET state = 'queued', pid = 0 WHERE id = ?"));
  for (const std::int64_t id : orphans) {
    TRY_VOID(update.bind(id).run());
  }
  return {};
}

Result<std::optional<QueueEntry>> Queue::claim(std::int64_t pid) {
  std::optional<QueueEntry> claimed;
  TRY_VOID(m_database.transaction([&]() -> Result<void> {
    TRY_VOID(requeue_orphans());
    TRY(Statement next, m_database.prepare(std::string(select_entries) +
                                           "WHERE state = 'queued' AND NOT EXISTS (SELECT 1 FROM "
                                           "queue WHERE state = 'running') ORDER BY id LIMIT 1"));
    TRY(const bool row, next.step());
    if (!row) {
      return {};
    }
    QueueEntry entry = entry_of(next);
    entry.state = "running";
    entry.started_at = utc_now();
    entry.pid = pid;
    TRY(Statement update, m_database.prepare("UPDATE queue SET state = 'running', started_at = ?, "
                                             "pid = ?, pid_start = ? WHERE id = ?"));
    update.bind(entry.started_at).bind(pid).bind(start_time(pid)).bind(entry.id);
    TRY_VOID(update.run());
    claimed = std::move(entry);
    return {};
  }));
  return claimed;
}

Result<void> Queue::finish(std::int64_t id, bool success, const std::string& message) {
  TRY(Statement update, m_database.prepare("UPDATE queue SET state = ?, pid = 0, message = ? "
                                           "WHERE id = ?"));
  update.bind(success ? "done" : "failed").bind(message).bind(id);
  TRY_VOID(update.run());
  TRY(Statement forget,
      m_database.prepare("DELETE FROM queue WHERE id < ?1 AND pid = 0 AND state <> "
                         "'queued' AND target = "
                         "(SELECT target FROM queue WHERE id = ?1)"));
  return forget.bind(id).run();
}

Result<void> Queue::put_back(std::int64_t id) {
  return m_database.transaction([&]() -> Result<void> {
    TRY(Statement drop,
        m_database.prepare("DELETE FROM queue WHERE id = ?1 AND target IN "
                           "(SELECT target FROM queue WHERE id <> ?1 AND state = 'queued')"));
    TRY_VOID(drop.bind(id).run());
    TRY(Statement update,
        m_database.prepare("UPDATE queue SET state = 'queued', started_at = '', pid = 0, "
                           "message = '' WHERE id = ?"));
    return update.bind(id).run();
  });
}

} // namespace autopass
