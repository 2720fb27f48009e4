// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What was compiled and linked: appended by the wrapper and the plugin to a spool, one O_APPEND
// write each, and folded into builds.db by `autopass`. Losing it costs a rebuild, nothing else.
#pragma once

#include "database.h"
#include "util/hash.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

enum class JobKind { Compile, Link, CompileAndLink, PassThrough };
std::string_view job_kind_name(JobKind kind); // "compile", "link", "compile-and-link", "pass-through"

struct Job {
  std::int64_t id = 0; // in builds.db; 0 before
  JobKind kind = JobKind::PassThrough;
  std::string reason;                   // why no plugin was added ("no-plans"); empty: it was, or
                                        // there was nothing to compile
  std::string compiler;                 // the real clang that was exec'd, absolute
  // The user's arguments, argv[0] as we exec'd it; no additions; response files expanded, because
  // build tools delete them.
  std::vector<std::string> argv;
  std::string folder;                   // working folder, absolute
  std::vector<std::string> environment; // only what changes a compile: see recorded_variables()
  std::vector<std::string> inputs;      // absolute; sources of a compile, objects and archives of a link
  std::string output;                   // absolute; a.out and x.o defaults resolved
  std::string scope;
  std::string cpu;
  std::string slice;                    // digest on the command line; empty: plugin not loaded
  std::int64_t time_ns = 0;             // CLOCK_REALTIME when it was started
};

// What the plugin did in one compile.
struct PluginRecord {
  std::string output;                       // absolute
  std::string slice;
  std::int64_t functions = 0;               // with a body
  std::map<std::string, std::int64_t> counts; // "applied", "no-plan", "context-changed", "invalid-plan"
};

// A user's build asks for `target` to be tuned in the background.
struct QueueRequest {
  std::string target; // absolute
  std::string folder; // of its .autopass.toml
};

// CPATH, C_INCLUDE_PATH, LIBRARY_PATH, SOURCE_DATE_EPOCH, LANG, PATH, PWD ...: copied into a record. PWD
// because clang writes it into debug information as the working folder, links unresolved.
const std::vector<std::string>& recorded_variables();

// One record, one write. A missing, full (64 MiB) or read-only spool drops the record: no error.
void append(const std::string& spool, const Job& job);
void append(const std::string& spool, const PluginRecord& record);
void append(const std::string& spool, const QueueRequest& request);

class BuildRecord {
public:
  // A damaged file is moved aside (".damaged") and a new one begun: a rebuild brings it all back.
  static Result<BuildRecord> open(const std::string& path);
  // Moves the spool aside, reads it into the database, removes it. Torn records are skipped. What a
  // fold that was killed had moved aside is read too.
  Result<void> fold(const std::string& spool);
  // The newest job that wrote `output` (absolute path), if any.
  Result<std::optional<Job>> producer(const std::string& output);
  // Every newest-per-output compile job whose object could be a member of an archive: all of them,
  // newest first. Resolving archive members by content is src/build's task.
  Result<std::vector<Job>> compiles(std::int64_t since_ns = 0);
  // Newest link of each output, newest first: for `tune` without a target, and for messages.
  Result<std::vector<Job>> links();
  // What the plugin did when it last wrote `output`.
  Result<std::optional<PluginRecord>> plugin_record(const std::string& output);
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
  Result<void> count(const std::string& name, std::int64_t by);
  Result<std::vector<Job>> jobs(const std::string& condition, std::int64_t value);
  Database m_database;
};

} // namespace autopass
