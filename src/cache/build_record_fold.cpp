// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From the spool into builds.db. Records come in the order in which they were appended, which for
// parallel builds and for what a killed fold left is not that of the jobs' times: of one output the
// latest job decides, and an earlier one that comes after it is counted and changes nothing.
#include "build_record.h"
#include "clock.h"
#include "object_time.h"
#include "queue.h"
#include "util/file.h"
#include "util/paths.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace autopass {
namespace {

constexpr std::int64_t day = 86'400'000'000'000;
// An object may be gone and its code live on in an archive, which is resolved by these rows.
constexpr std::int64_t kept_without_output = 30 * day;

// Spools that were moved aside by a fold which is no longer running.
std::vector<std::string> abandoned(const std::string& prefix) {
  std::vector<std::string> paths;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(parent(prefix), ignored)) {
    const std::string path = entry.path().string();
    if (path.compare(0, prefix.size(), prefix) == 0) {
      const int owner = std::atoi(path.c_str() + prefix.size());
      if (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH) {
        paths.push_back(path);
      }
    }
  }
  return paths;
}

} // namespace

Result<void> BuildRecord::fold(const std::string& spool) {
  if (spool.empty()) {
    return {};
  }
  const std::string prefix = spool + ".fold.";
  for (const auto& leftover : abandoned(prefix)) {
    TRY_VOID(fold_file(leftover));
  }
  if (const auto dropped = dropped_records(spool); dropped > 0) {
    TRY_VOID(count("record-dropped", dropped));
    std::error_code ignored;
    std::filesystem::remove(spool_overflow(spool), ignored);
  }
  const std::string aside = prefix + std::to_string(::getpid());
  if (::rename(spool.c_str(), aside.c_str()) != 0) {
    return errno == ENOENT ? Result<void>() : fail_errno("cannot read the spool " + spool);
  }
  TRY_VOID(fold_file(aside));
  TRY_VOID(look_at_objects());
  return prune(now_ns());
}

// The file is removed only after the transaction. A writer that had opened it before it was moved
// may still append to it; what comes after the last look is lost, which is allowed.
Result<void> BuildRecord::fold_file(const std::string& path) {
  std::size_t done = 0;
  while (true) {
    const auto bytes = read_file(path);
    if (!bytes || bytes->size() == done) {
      break;
    }
    TRY_VOID(m_database.transaction([&]() -> Result<void> {
      Result<void> outcome;
      read_frames(std::string_view(*bytes).substr(done), [&](std::string_view payload) {
        if (outcome) {
          outcome = store(payload);
        }
      });
      return outcome;
    }));
    done = bytes->size();
  }
  std::error_code ignored; // what is not a file cannot be unlinked; then it stays where it is
  std::filesystem::remove(path, ignored);
  return {};
}

// Another version's types and fields are skipped like torn records.
Result<void> BuildRecord::store(std::string_view payload) {
  RecordReader reader(payload);
  switch (reader.type()) {
  case RecordType::Job: {
    const Job job = read_job(reader);
    return reader.at_end() ? store(job) : Result<void>();
  }
  case RecordType::Plugin: {
    const PluginRecord record = read_plugin_record(reader);
    return reader.at_end() ? store(record) : Result<void>();
  }
  case RecordType::QueueRequest: {
    const QueueRequest request = read_queue_request(reader);
    return reader.at_end() ? Queue(m_database).push(request.target, request.folder)
                           : Result<void>();
  }
  case RecordType::Count: {
    const CountRecord record = read_count_record(reader);
    return reader.at_end() ? store(record) : Result<void>();
  }
  }
  return {};
}

Result<void> BuildRecord::store(const Job& job) {
  TRY_VOID(count(std::string(job_kind_name(job.kind)), 1));
  if (!job.reason.empty()) {
    TRY_VOID(count(job.reason, 1));
  }
  if (job.output.empty()) {
    return {};
  }
  TRY(Statement later, m_database.prepare("SELECT 1 FROM job WHERE output = ? AND time_ns > ?"));
  TRY(const bool outdated, later.bind(job.output).bind(job.time_ns).step());
  if (outdated) {
    return {};
  }
  // What the plugin says comes later, if it was there; what it said before is of another object.
  TRY_VOID(forget(job.output));
  TRY(Statement insert, m_database.prepare("INSERT INTO job VALUES(NULL, ?, ?, ?, ?, ?, ?, "
                                           "?, ?, ?, ?, ?, ?, 0)"));
  insert.bind(job_kind_name(job.kind)).bind(job.reason).bind(job.compiler);
  insert.bind_blob(pack(job.argv)).bind(job.folder).bind_blob(pack(job.environment));
  insert.bind_blob(pack(job.inputs)).bind(job.output).bind(job.scope).bind(job.cpu);
  insert.bind(job.slice).bind(job.time_ns);
  m_folded.insert(job.output);
  return insert.run();
}

Result<void> BuildRecord::store(const PluginRecord& record) {
  if (record.output.empty()) { // of a link that compiles: only counts
    for (const auto& [name, value] : record.counts) {
      TRY_VOID(count(name, value));
    }
    return {};
  }
  TRY(Statement insert,
      m_database.prepare("INSERT INTO plugin_run VALUES(?, ?, ?, ?, ?) ON CONFLICT(output) DO "
                         "UPDATE SET slice = excluded.slice, functions = excluded.functions, "
                         "prints = excluded.prints, time_ns = excluded.time_ns"));
  insert.bind(record.output).bind(record.slice).bind(record.functions).bind_blob(record.prints);
  TRY_VOID(insert.bind(record.time_ns).run());
  TRY_VOID(forget_in("plugin_count", record.output));
  TRY_VOID(forget_in("plugin_plan", record.output));
  m_folded.insert(record.output);
  TRY(Statement plan, m_database.prepare("INSERT OR REPLACE INTO plugin_plan VALUES(?, ?, ?, ?)"));
  for (const auto& [fingerprint, context, digest] : record.plans) {
    plan.bind(record.output).bind(fingerprint).bind(context).bind(digest);
    TRY_VOID(plan.run());
  }
  TRY(Statement add, m_database.prepare("INSERT INTO plugin_count VALUES(?, ?, ?)"));
  for (const auto& [name, value] : record.counts) {
    add.bind(record.output).bind(name).bind(value);
    TRY_VOID(add.run());
    TRY_VOID(count(name, value));
  }
  return count("functions", record.functions);
}

Result<void> BuildRecord::forget(const std::string& output) {
  for (const char* table : {"job", "plugin_count", "plugin_plan", "plugin_run"}) {
    TRY_VOID(forget_in(table, output));
  }
  return {};
}

Result<void> BuildRecord::forget_in(const std::string& table, const std::string& output) {
  TRY(Statement remove, m_database.prepare("DELETE FROM " + table + " WHERE output = ?"));
  return remove.bind(output).run();
}

Result<void> BuildRecord::store(const CountRecord& record) {
  for (const auto& name : record.names) {
    TRY_VOID(count(name, 1));
  }
  return {};
}

Result<void> BuildRecord::count(const std::string& name, std::int64_t by) {
  TRY(Statement add, m_database.prepare("INSERT INTO counter VALUES(?, ?) ON CONFLICT(name) "
                                        "DO UPDATE SET value = value + excluded.value"));
  add.bind(name).bind(by);
  return add.run();
}

// Once an object has been seen it is known by its time; before, by when it could have been written.
Result<void> BuildRecord::look_at_objects() {
  return m_database.transaction([&]() -> Result<void> {
    for (const auto& output : m_folded) {
      TRY(const auto job, producer(output));
      const auto written = modification_time(output);
      if (job && written) {
        TRY(const auto plugin, plugin_record(output));
        if (could_have_written(*job, plugin, *written)) {
          TRY_VOID(remember_object(*job, *written));
        }
      }
    }
    m_folded.clear();
    return {};
  });
}

Result<void> BuildRecord::prune(std::int64_t now) {
  TRY(Statement last, m_database.prepare("SELECT 1 FROM upkeep WHERE name = 'prune' "
                                         "AND time_ns > ?"));
  TRY(const bool today, last.bind(now - day).step());
  if (today) {
    return {};
  }
  last.rewind();
  return m_database.transaction([&]() -> Result<void> {
    TRY(const auto old, jobs("time_ns < ?", now - kept_without_output));
    for (const auto& job : old) {
      if (!exists(job.output)) {
        TRY_VOID(forget(job.output));
      }
    }
    // What sessions saw in objects that have been compiled again since goes with them.
    TRY_VOID(m_database.execute("DELETE FROM session_functions WHERE NOT EXISTS (SELECT 1 FROM job "
                                "WHERE job.output = session_functions.output "
                                "AND job.time_ns = session_functions.time_ns)"));
    TRY(Statement note, m_database.prepare("INSERT OR REPLACE INTO upkeep VALUES('prune', ?)"));
    return note.bind(now).run();
  });
}

} // namespace autopass
