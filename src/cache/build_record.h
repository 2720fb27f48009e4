// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What was compiled and linked: appended by the wrapper and the plugin to a spool, one O_APPEND
// write each, and folded into builds.db by `autopass`. Losing it costs a rebuild, nothing else.
#pragma once

#include "database.h"
#include "records.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

class BuildRecord {
public:
  // A damaged file is moved aside (".damaged") and a new one begun: a rebuild brings it all back.
  static Result<BuildRecord> open(const std::string& path);
  // Moves the spool aside, reads it into the database, removes it. Torn records are skipped. What a
  // fold that was killed had moved aside is read too. Once a day jobs are forgotten that are 30 days
  // old and whose output is no longer there.
  Result<void> fold(const std::string& spool);
  // The newest job that wrote `output` (absolute path), if any.
  Result<std::optional<Job>> producer(const std::string& output);
  // Every newest-per-output compile job whose object could be a member of an archive: all of them,
  // newest first. Resolving archive members by content is src/build's task.
  Result<std::vector<Job>> compiles(std::int64_t since_ns = 0);
  // Newest link of each output, newest first: for `tune` without a target, and for messages.
  Result<std::vector<Job>> links();
  // Whose the job's output is, as far as times tell; one that is not there belies nothing.
  enum class Output { OfTheJob, OfAnEarlierOne, WrittenSince };
  Result<Output> whose_output(const Job& job);
  // Who changes an object's time himself says so.
  Result<void> remember_object(const Job& job, std::int64_t written_ns);
  // What the plugin did when `output` was last written; nothing when it was not there, or when a
  // compiler cache had the object.
  Result<std::optional<PluginRecord>> plugin_record(const std::string& output);
  // What the last link of `output` applied, as far as it optimised: by function, one row for each
  // module that has a copy of it.
  Result<std::vector<LinkedPlan>> linked_plans(const std::string& output);
  // Which functions an object that was compiled by `job`, without the plugin, holds: a session has
  // seen them. Known until the object is compiled again.
  Result<void> remember_functions(const Job& job, const std::set<Digest>& fingerprints);
  Result<std::optional<std::string>> remembered_prints(const Job& job);
  // Compiles whose output is below `folder`, those in one command with their link too; by output.
  Result<std::vector<Job>> objects(const std::string& folder);
  // Everything counted so far, for `stats`: job kinds, reasons, and the plugin's counts.
  Result<std::map<std::string, std::int64_t>> counts();
  Database& database() { return m_database; }           // sessions and queue keep their tables here

private:
  explicit BuildRecord(Database database) : m_database(std::move(database)) {}
  static Result<BuildRecord> open_prepared(const std::string& path);
  Result<void> fold_file(const std::string& path);
  Result<void> store(std::string_view payload);
  Result<void> store(const Job& job);
  Result<void> store(const PluginRecord& record);
  Result<void> store(const LinkRecord& record);
  Result<void> store(const CountRecord& record);
  Result<void> forget(const std::string& output);
  Result<void> forget_in(const std::string& table, const std::string& output);
  Result<void> look_at_objects();
  Result<void> prune(std::int64_t now);
  Result<void> count(const std::string& name, std::int64_t by);
  Result<std::vector<Job>> jobs(const std::string& condition, std::int64_t value);
  Database m_database;
  std::set<std::string> m_folded; // outputs that are to be looked at
};

} // namespace autopass
