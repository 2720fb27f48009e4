// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build_record.h"

#include "queue.h"
#include "schema.h"
#include "util/file.h"
#include "util/paths.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr const char* job_columns =
    "id, kind, reason, compiler, argv, folder, environment, inputs, "
    "output, scope, cpu, slice, time_ns";

Job job_of(const Statement& row) {
  Job job;
  job.id = row.number(0);
  job.kind = job_kind_of(row.text(1));
  job.reason = row.text(2);
  job.compiler = row.text(3);
  job.argv = unpack(row.text(4));
  job.folder = row.text(5);
  job.environment = unpack(row.text(6));
  job.inputs = unpack(row.text(7));
  job.output = row.text(8);
  job.scope = row.text(9);
  job.cpu = row.text(10);
  job.slice = row.text(11);
  job.time_ns = row.number(12);
  return job;
}

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

Result<BuildRecord> BuildRecord::open(const std::string& path) {
  auto record = open_prepared(path);
  struct stat status {};
  if (record || record.error().reason != "corrupt" || ::stat(path.c_str(), &status) != 0 ||
      !S_ISREG(status.st_mode)) {
    return record;
  }
  if (::rename(path.c_str(), (path + ".damaged").c_str()) != 0) {
    return record;
  }
  ::unlink((path + "-wal").c_str()); // they belong to the old file and would be taken for the new
  ::unlink((path + "-shm").c_str());
  return open_prepared(path);
}

Result<BuildRecord> BuildRecord::open_prepared(const std::string& path) {
  TRY(Database database, Database::open_writable(path));
  TRY_VOID(prepare_builds(database));
  return BuildRecord(std::move(database));
}

Result<void> BuildRecord::fold(const std::string& spool) {
  if (spool.empty()) {
    return {};
  }
  const std::string prefix = spool + ".fold.";
  for (const auto& leftover : abandoned(prefix)) {
    TRY_VOID(fold_file(leftover));
  }
  const std::string aside = prefix + std::to_string(::getpid());
  if (::rename(spool.c_str(), aside.c_str()) != 0) {
    return errno == ENOENT ? Result<void>() : fail_errno("cannot read the spool " + spool);
  }
  return fold_file(aside);
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
  // What the plugin says comes later, if it was there; what it said before is of another object.
  TRY_VOID(forget("plugin_run", job.output));
  TRY_VOID(forget("plugin_count", job.output));
  TRY_VOID(forget("plugin_plan", job.output));
  // Records of parallel builds come in any order.
  TRY(Statement remove, m_database.prepare("DELETE FROM job WHERE output = ? AND time_ns <= ?"));
  remove.bind(job.output).bind(job.time_ns);
  TRY_VOID(remove.run());
  TRY(Statement insert,
      m_database.prepare("INSERT OR IGNORE INTO job VALUES(NULL, ?, ?, ?, ?, ?, ?, "
                         "?, ?, ?, ?, ?, ?)"));
  insert.bind(job_kind_name(job.kind)).bind(job.reason).bind(job.compiler);
  insert.bind_blob(pack(job.argv)).bind(job.folder).bind_blob(pack(job.environment));
  insert.bind_blob(pack(job.inputs)).bind(job.output).bind(job.scope).bind(job.cpu);
  insert.bind(job.slice).bind(job.time_ns);
  return insert.run();
}

Result<void> BuildRecord::store(const PluginRecord& record) {
  TRY(Statement insert,
      m_database.prepare("INSERT INTO plugin_run VALUES(?, ?, ?, ?) ON CONFLICT(output) DO UPDATE "
                         "SET slice = excluded.slice, functions = excluded.functions, "
                         "prints = excluded.prints"));
  insert.bind(record.output).bind(record.slice).bind(record.functions).bind_blob(record.prints);
  TRY_VOID(insert.run());
  TRY_VOID(forget("plugin_count", record.output));
  TRY_VOID(forget("plugin_plan", record.output));
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

Result<void> BuildRecord::forget(const std::string& table, const std::string& output) {
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

Result<std::vector<Job>> BuildRecord::jobs(const std::string& condition, std::int64_t value) {
  TRY(Statement rows, m_database.prepare(std::string("SELECT ") + job_columns + " FROM job WHERE " +
                                         condition + " ORDER BY time_ns DESC, id DESC"));
  rows.bind(value);
  std::vector<Job> jobs;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return jobs;
    }
    jobs.push_back(job_of(rows));
  }
}

Result<std::optional<Job>> BuildRecord::producer(const std::string& output) {
  TRY(Statement find,
      m_database.prepare(std::string("SELECT ") + job_columns + " FROM job WHERE output = ?"));
  find.bind(output);
  TRY(const bool row, find.step());
  return row ? std::optional<Job>(job_of(find)) : std::nullopt;
}

Result<std::vector<Job>> BuildRecord::compiles(std::int64_t since_ns) {
  return jobs("kind = 'compile' AND time_ns >= ?", since_ns);
}

Result<std::vector<Job>> BuildRecord::links() {
  return jobs("kind IN ('link', 'compile-and-link') AND time_ns >= ?", 0);
}

Result<std::optional<PluginRecord>> BuildRecord::plugin_record(const std::string& output) {
  TRY(Statement find,
      m_database.prepare("SELECT slice, functions, prints FROM plugin_run WHERE output = ?"));
  find.bind(output);
  TRY(bool row, find.step());
  if (!row) {
    return std::nullopt;
  }
  PluginRecord record{output, find.text(0), find.number(1), {}, find.text(2), {}};
  TRY(Statement plans,
      m_database.prepare("SELECT fingerprint, context, plan FROM plugin_plan WHERE output = ?"));
  plans.bind(output);
  while (true) {
    TRY(row, plans.step());
    if (!row) {
      break;
    }
    record.plans.push_back({plans.text(0), plans.text(1), plans.text(2)});
  }
  TRY(Statement rows, m_database.prepare("SELECT name, value FROM plugin_count WHERE output = ?"));
  rows.bind(output);
  while (true) {
    TRY(row, rows.step());
    if (!row) {
      return std::optional<PluginRecord>(std::move(record));
    }
    record.counts[rows.text(0)] = rows.number(1);
  }
}

Result<void> BuildRecord::remember_functions(const Job& job,
                                             const std::set<Digest>& fingerprints) {
  TRY(Statement insert,
      m_database.prepare("INSERT OR REPLACE INTO session_functions VALUES(?, ?, ?)"));
  insert.bind(job.output).bind(job.time_ns).bind_blob(prints_of(fingerprints));
  return insert.run();
}

Result<std::optional<std::string>> BuildRecord::remembered_prints(const Job& job) {
  TRY(Statement find, m_database.prepare("SELECT prints FROM session_functions WHERE output = ? "
                                         "AND time_ns = ?"));
  find.bind(job.output).bind(job.time_ns);
  TRY(const bool row, find.step());
  return row ? std::optional(find.text(0)) : std::nullopt;
}

Result<std::vector<Job>> BuildRecord::objects(const std::string& folder) {
  const std::string prefix = folder == "/" ? folder : folder + "/";
  TRY(auto all, jobs("kind IN ('compile', 'compile-and-link') AND time_ns >= ?", 0));
  std::erase_if(all, [&](const Job& job) { return !job.output.starts_with(prefix); });
  std::sort(all.begin(), all.end(),
            [](const Job& one, const Job& other) { return one.output < other.output; });
  return all;
}

Result<std::map<std::string, std::int64_t>> BuildRecord::counts() {
  TRY(Statement rows, m_database.prepare("SELECT name, value FROM counter"));
  std::map<std::string, std::int64_t> counts;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return counts;
    }
    counts[rows.text(0)] = rows.number(1);
  }
}

} // namespace autopass
