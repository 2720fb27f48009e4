// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build_record.h"

#include "object_time.h"
#include "schema.h"

#include <algorithm>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr const char* job_columns =
    "id, kind, reason, compiler, argv, folder, environment, inputs, "
    "output, scope, cpu, slice, time_ns, object_ns";

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
  job.object_ns = row.number(13);
  return job;
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
      m_database.prepare("SELECT slice, functions, prints, time_ns FROM plugin_run "
                                       "WHERE output = ?"));
  find.bind(output);
  TRY(bool row, find.step());
  if (!row) {
    return std::nullopt;
  }
  PluginRecord record{output, find.text(0), find.number(1), {}, find.text(2), {},
                      find.number(3)};
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

Result<std::vector<LinkedPlan>> BuildRecord::linked_plans(const std::string& output) {
  TRY(Statement rows, m_database.prepare("SELECT function, plan FROM link_plan WHERE output = ? "
                                         "ORDER BY function, module"));
  rows.bind(output);
  std::vector<LinkedPlan> plans;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return plans;
    }
    plans.push_back({rows.text(0), rows.text(1)});
  }
}

Result<void> BuildRecord::remember_functions(const Job& job,
                                             const std::set<Digest>& fingerprints) {
  const std::string prints = prints_of(fingerprints);
  if (prints.empty() && !fingerprints.empty()) {
    return {}; // too many to be kept
  }
  TRY(Statement insert,
      m_database.prepare("INSERT OR REPLACE INTO session_functions VALUES(?, ?, ?)"));
  insert.bind(job.output).bind(job.time_ns).bind_blob(prints);
  return insert.run();
}

Result<std::optional<std::string>> BuildRecord::remembered_prints(const Job& job) {
  TRY(Statement find, m_database.prepare("SELECT prints FROM session_functions WHERE output = ? "
                                         "AND time_ns = ?"));
  find.bind(job.output).bind(job.time_ns);
  TRY(const bool row, find.step());
  return row ? std::optional(find.text(0)) : std::nullopt;
}

Result<BuildRecord::Output> BuildRecord::whose_output(const Job& job) {
  const auto written = modification_time(job.output);
  if (!written || *written == job.object_ns) {
    return Output::OfTheJob;
  }
  if (is_older(*written, job)) {
    return Output::OfAnEarlierOne;
  }
  TRY(const auto plugin, plugin_record(job.output));
  return job.object_ns == 0 && could_have_written(job, plugin, *written) ? Output::OfTheJob
                                                                         : Output::WrittenSince;
}

Result<void> BuildRecord::remember_object(const Job& job, std::int64_t written_ns) {
  TRY(Statement set, m_database.prepare("UPDATE job SET object_ns = ? WHERE output = ? "
                                        "AND time_ns = ?"));
  return set.bind(written_ns).bind(job.output).bind(job.time_ns).run();
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
