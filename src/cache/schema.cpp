// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "schema.h"

#include <span>
#include <string>

namespace autopass {
namespace {

// A database of ours says so in its header, so that another program's file is never taken for one.

// plans.db, and the snapshot, which is a copy of it. `plan` is what has been confirmed; `published`
// and `published_plan` are the slices that compiles look up by digest, complete and never changed.
constexpr const char* plans_schema = R"sql(
CREATE TABLE setting(
  name TEXT PRIMARY KEY NOT NULL,               -- "cpu"
  value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE slice(
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  cpu TEXT NOT NULL,
  llvm_major INTEGER NOT NULL,
  UNIQUE(scope, cpu, llvm_major));

CREATE TABLE plan(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slice INTEGER NOT NULL REFERENCES slice(id),
  fingerprint TEXT NOT NULL,
  context TEXT NOT NULL,                        -- 32 zeros: any
  plan TEXT NOT NULL,                           -- canonical JSON
  function TEXT NOT NULL,
  target TEXT NOT NULL,
  evidence TEXT NOT NULL,                       -- JSON
  created_at TEXT NOT NULL,
  UNIQUE(slice, target, fingerprint, context));

CREATE TABLE compiler(
  path TEXT PRIMARY KEY NOT NULL,
  size INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  llvm_major INTEGER NOT NULL,
  plugin TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE published(
  id INTEGER PRIMARY KEY AUTOINCREMENT,         -- the highest of a slice is the one in force
  slice INTEGER NOT NULL REFERENCES slice(id),
  digest TEXT NOT NULL UNIQUE,
  plans INTEGER NOT NULL);
CREATE INDEX published_of_slice ON published(slice, id);

CREATE TABLE published_plan(
  published INTEGER NOT NULL REFERENCES published(id) ON DELETE CASCADE,
  fingerprint TEXT NOT NULL,
  context TEXT NOT NULL,
  plan TEXT NOT NULL,
  PRIMARY KEY(published, fingerprint, context)) WITHOUT ROWID;
)sql";

// What was tried: which compiler loads which plugin. Version 1 knew of successes alone, and not when
// the plugin was written: what it knew counts as "the plugin was replaced since".
constexpr const char* probes_schema = R"sql(
CREATE TABLE probe(
  id INTEGER PRIMARY KEY AUTOINCREMENT,         -- the highest is the newest
  compiler TEXT NOT NULL,                       -- real path
  size INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  llvm_major INTEGER NOT NULL,
  plugin TEXT NOT NULL,                         -- hash of its file; empty: there was none
  plugin_size INTEGER NOT NULL,
  plugin_modified_ns INTEGER NOT NULL,
  refusal TEXT NOT NULL,                        -- the compiler's words; empty: it loads the plugin
  libraries TEXT NOT NULL DEFAULT '',           -- libLLVM, libclang-cpp: size, time and path, one a line
  UNIQUE(compiler, size, modified_ns, plugin, plugin_modified_ns));

INSERT INTO probe(compiler, size, modified_ns, llvm_major, plugin, plugin_size,
                  plugin_modified_ns, refusal)
  SELECT path, size, modified_ns, llvm_major, plugin, 0, 0, '' FROM compiler;
DROP TABLE compiler;
)sql";

// What no session tries again (deny_list.h). Rows with one digest failed together.
constexpr const char* denied_schema = R"sql(
CREATE TABLE denied(
  denial TEXT NOT NULL,                         -- digest of all that failed together
  fingerprint TEXT NOT NULL,
  llvm_major INTEGER NOT NULL,
  plan TEXT NOT NULL,                           -- canonical JSON: as little as failed
  function TEXT NOT NULL,
  target TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY(denial, fingerprint)) WITHOUT ROWID;
)sql";

// builds.db. Lists (argv, environment, inputs) are NUL-terminated words in one blob: bytes, not
// text, and never asked for one by one.
constexpr const char* builds_schema = R"sql(
CREATE TABLE job(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  compiler TEXT NOT NULL,
  argv BLOB NOT NULL,
  folder TEXT NOT NULL,
  environment BLOB NOT NULL,
  inputs BLOB NOT NULL,
  output TEXT NOT NULL UNIQUE,                  -- the newest job of each output stays
  scope TEXT NOT NULL,
  cpu TEXT NOT NULL,
  slice TEXT NOT NULL,
  time_ns INTEGER NOT NULL);
CREATE INDEX job_by_time ON job(kind, time_ns);

CREATE TABLE plugin_run(
  output TEXT PRIMARY KEY NOT NULL,
  slice TEXT NOT NULL,
  functions INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE plugin_count(
  output TEXT NOT NULL REFERENCES plugin_run(output) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY(output, name)) WITHOUT ROWID;

CREATE TABLE counter(                           -- decisions and reasons, ever since
  name TEXT PRIMARY KEY NOT NULL,
  value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE queue(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  target TEXT NOT NULL,
  folder TEXT NOT NULL,
  state TEXT NOT NULL,                          -- queued, running, done, failed
  created_at TEXT NOT NULL,
  started_at TEXT NOT NULL DEFAULT '',
  pid INTEGER NOT NULL DEFAULT 0,
  pid_start INTEGER NOT NULL DEFAULT 0,         -- tells a process from a later one of that number
  message TEXT NOT NULL DEFAULT '');

CREATE TABLE trials(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session TEXT NOT NULL,
  about TEXT NOT NULL,
  samples TEXT NOT NULL,                        -- JSON
  created_at TEXT NOT NULL);
CREATE INDEX trials_of_session ON trials(session, id);

CREATE TABLE reports(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  target TEXT NOT NULL,
  created_at TEXT NOT NULL,
  json TEXT NOT NULL);
CREATE INDEX reports_of_target ON reports(target, id);
)sql";

// Which functions are in an object, and whether it still is the one that was recorded: what
// `autopass stale` asks.
constexpr const char* builds_functions = R"sql(
ALTER TABLE plugin_run ADD COLUMN prints BLOB NOT NULL DEFAULT x'';

CREATE TABLE plugin_plan(                       -- functions for which the slice held a plan
  output TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  context TEXT NOT NULL,
  plan TEXT NOT NULL,                           -- digest of what was applied; empty: nothing
  PRIMARY KEY(output, fingerprint, context)) WITHOUT ROWID;

CREATE TABLE session_functions(                 -- seen by a session, in objects without plans
  output TEXT PRIMARY KEY NOT NULL,
  time_ns INTEGER NOT NULL,                     -- of the job
  prints BLOB NOT NULL) WITHOUT ROWID;

-- When an output was written, as a fold first saw it; when the plugin was done; what is done at times.
ALTER TABLE job ADD COLUMN object_ns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plugin_run ADD COLUMN time_ns INTEGER NOT NULL DEFAULT 0;
CREATE TABLE upkeep(name TEXT PRIMARY KEY NOT NULL, time_ns INTEGER NOT NULL) WITHOUT ROWID;
)sql";

// Step n makes version n+1 out of version n; the first makes version 1 out of an empty file.
constexpr const char* plans_steps[] = {plans_schema, probes_schema, denied_schema};
constexpr const char* builds_steps[] = {builds_schema, builds_functions};
static_assert(std::size(plans_steps) == plans_schema_version);
static_assert(std::size(builds_steps) == builds_schema_version);

Result<std::int64_t> pragma(Database& database, const std::string& name) {
  TRY(Statement statement, database.prepare("PRAGMA " + name));
  TRY_VOID(statement.step());
  return statement.number(0);
}

Result<bool> has_tables(Database& database) {
  TRY(Statement statement, database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1"));
  return statement.step();
}

// The schema version, 0 for an empty file; an Error for another program's file and a newer one.
Result<std::int64_t> version_of(Database& database, std::int64_t application, int newest) {
  TRY(const std::int64_t owner, pragma(database, "application_id"));
  TRY(const std::int64_t version, pragma(database, "user_version"));
  if (owner != application) {
    TRY(const bool foreign, has_tables(database));
    if (foreign || owner != 0) {
      return fail(database.path() + " is not a database of AutoPass",
                  "move it away; a new one is then created", "corrupt");
    }
    return 0;
  }
  if (version > newest) {
    return fail(database.path() + " was written by a newer AutoPass (schema " +
                    std::to_string(version) + ", known up to " + std::to_string(newest) + ")",
                "use that version, or move the file away", "newer-schema");
  }
  return version;
}

Result<void> migrate(Database& database, std::int64_t application,
                     std::span<const char* const> steps) {
  const int newest = static_cast<int>(steps.size());
  TRY(const std::int64_t before, version_of(database, application, newest));
  if (before == newest) {
    return {};
  }
  return database.transaction([&]() -> Result<void> {
    // Asked again under the lock: another process may have been quicker.
    TRY(const std::int64_t version, version_of(database, application, newest));
    for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step) {
      TRY_VOID(database.execute(steps[step]));
    }
    return database.execute("PRAGMA application_id=" + std::to_string(application) +
                            "; PRAGMA user_version=" + std::to_string(newest));
  });
}

} // namespace

Result<void> prepare_plans(Database& database) {
  // Plans are precious and few: all of the file is looked at before anything is added to it.
  TRY(Statement check, database.prepare("PRAGMA quick_check(1)"));
  TRY_VOID(check.step());
  if (check.text(0) != "ok") {
    return fail(database.path() + " is damaged: " + check.text(0),
                "move it away; a new one is then created", "corrupt");
  }
  check.rewind();
  return migrate(database, plans_application, plans_steps);
}

Result<void> prepare_builds(Database& database) {
  return migrate(database, builds_application, builds_steps);
}

Result<void> check_snapshot_schema(Database& database) {
  auto version = version_of(database, plans_application, plans_schema_version);
  if (!version) {
    return fail(version.error().what, {},
                version.error().reason == "newer-schema" ? "snapshot-newer" : "snapshot-corrupt");
  }
  if (*version != plans_schema_version) {
    return fail(database.path() + " has no schema that we can read", {},
                *version > 0 ? "snapshot-older" : "snapshot-corrupt");
  }
  return {};
}

} // namespace autopass
