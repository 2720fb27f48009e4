// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "database.h"

#include "snapshot_file.h"
#include "util/file.h"
#include "util/paths.h"

#include <cassert>
#include <cerrno>
#include <cstdint>
#include <sqlite3.h>
#include <sys/stat.h>

namespace autopass {
namespace {

const char* advice(int primary) {
  switch (primary) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return "another autopass is writing it: try again when that has ended (autopass status)";
  case SQLITE_FULL:
    return "free some space on its disk";
  case SQLITE_IOERR:
    return "is its disk full or damaged?";
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return "make the file and its folder readable and writable for you";
  default:
    return "was the file made by another version? (autopass --version)";
  }
}

tl::unexpected<Error> sqlite_error(sqlite3* database, const std::string& doing, int code) {
  const int primary = code & 0xff;
  const bool damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
  const char* file = database != nullptr ? sqlite3_db_filename(database, "main") : nullptr;
  const std::string where = file != nullptr && *file != '\0' ? std::string(" in ") + file : "";
  const std::string what = "cannot " + doing + where + ": " +
                           (database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code));
  if (damaged) {
    return fail(what, "move it away; a new one is then created", "corrupt");
  }
  return fail(what, advice(primary), primary == SQLITE_BUSY ? "busy" : "");
}

// SQLite takes parameters from a URI only, in which some bytes of a path have a meaning.
std::string snapshot_uri(const std::string& path) {
  constexpr char digits[] = "0123456789abcdef";
  std::string uri = path[0] == '/' ? "file://" : "file:";
  for (const char byte : path) {
    if (byte == '?' || byte == '#' || byte == '%') {
      const auto code = static_cast<unsigned char>(byte);
      uri += {'%', digits[code >> 4], digits[code & 15]};
    } else {
      uri += byte;
    }
  }
  return uri + "?mode=ro&immutable=1";
}

// A statement about a snapshot takes a few hundred steps; a damaged file can make one that never ends.
constexpr int most_steps_of_statement = 1'000'000;

int interrupt(void*) {
  return 1;
}

} // namespace

Statement::Statement(sqlite3* database, sqlite3_stmt* statement)
    : m_database(database), m_statement(statement) {}

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database), m_statement(other.m_statement), m_next(other.m_next) {
  other.m_statement = nullptr;
}

Statement::~Statement() {
  sqlite3_finalize(m_statement);
}

Statement& Statement::bind(std::int64_t value) {
  [[maybe_unused]] const int code = sqlite3_bind_int64(m_statement, m_next++, value);
  assert(code == SQLITE_OK);
  return *this;
}

Statement& Statement::bind(double value) {
  [[maybe_unused]] const int code = sqlite3_bind_double(m_statement, m_next++, value);
  assert(code == SQLITE_OK);
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  // A null pointer would bind NULL instead of the empty text.
  [[maybe_unused]] const int code =
      sqlite3_bind_text64(m_statement, m_next++, value.empty() ? "" : value.data(), value.size(),
                          SQLITE_TRANSIENT, SQLITE_UTF8);
  assert(code == SQLITE_OK);
  return *this;
}

Statement& Statement::bind_blob(std::string_view value) {
  [[maybe_unused]] const int code = sqlite3_bind_blob64(
      m_statement, m_next++, value.empty() ? "" : value.data(), value.size(), SQLITE_TRANSIENT);
  assert(code == SQLITE_OK);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(m_statement);
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code == SQLITE_DONE) {
    rewind();
    return false;
  }
  auto error =
      sqlite_error(m_database, std::string("run \"") + sqlite3_sql(m_statement) + "\"", code);
  rewind();
  return error;
}

Result<void> Statement::run() {
  while (true) {
    TRY(const bool row, step());
    if (!row) {
      return {};
    }
  }
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(m_statement, column);
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(m_statement, column);
  const int size = sqlite3_column_bytes(m_statement, column);
  return bytes != nullptr
             ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
             : std::string();
}

void Statement::rewind() {
  sqlite3_reset(m_statement);
  sqlite3_stmt_status(m_statement, SQLITE_STMTSTATUS_VM_STEP, 1); // each run has all its steps
  m_next = 1;
}

Database::Database(sqlite3* handle, std::string path) : m_handle(handle), m_path(std::move(path)) {}

Database::Database(Database&& other) noexcept
    : m_handle(other.m_handle), m_path(std::move(other.m_path)) {
  other.m_handle = nullptr;
}

// close_v2: a statement may outlive its database by a line or two.
Database::~Database() {
  sqlite3_close_v2(m_handle);
}

Result<Database> Database::open(const std::string& name, int flags, const std::string& path) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
  Database database(handle, path); // owns the handle from here on, also a half-opened one
  if (code != SQLITE_OK) {
    return sqlite_error(handle, "open " + path, code);
  }
  sqlite3_extended_result_codes(handle, 1);
  // Whatever the file holds, it is data: no functions out of a schema, no writes behind our back.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  TRY_VOID(database.execute("PRAGMA mmap_size=0; PRAGMA cell_size_check=ON"));
  return database;
}

Result<Database> Database::open_writable(const std::string& path) {
  if (path.empty()) {
    return fail("there is no folder for the database",
                "set HOME, or XDG_DATA_HOME and XDG_STATE_HOME");
  }
  if (!exists(path) && !may_create(path)) {
    return fail("nothing is made in another user's folder as root, nor where HOME is missing: " + path,
                "do it as that user, or set HOME (sudo -H), or XDG_DATA_HOME and XDG_STATE_HOME",
                "foreign-folder");
  }
  TRY_VOID(make_folders(parent(path)));
  if (on_network_file_system(parent(path))) {
    return fail(path + " is on a network file system, where SQLite's locks do not work",
                "set XDG_DATA_HOME and XDG_STATE_HOME to local folders", "network-file-system");
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    return fail("cannot open " + path + ": not a regular file",
                "move it away; a new one is then created", "corrupt");
  }
  TRY(Database database, open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, path));
  sqlite3_busy_timeout(database.m_handle, 10000);
  TRY_VOID(database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                            "PRAGMA foreign_keys=ON"));
  return database;
}

// By its name, not by SQLITE_OPEN_MEMORY: VACUUM INTO inherits that flag and would write its copy
// into memory too.
Result<Database> Database::open_memory() {
  TRY(Database database, open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, ":memory:"));
  TRY_VOID(database.execute("PRAGMA foreign_keys=ON"));
  return database;
}

Result<Database> Database::open_copy(const std::string& path) {
  return open(path, SQLITE_OPEN_READWRITE, path);
}

Result<Database> Database::open_snapshot(const std::string& path) {
  TRY_VOID(check_snapshot_file(path));
  auto database = open(snapshot_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, path);
  if (!database) {
    return fail(database.error().what, {}, "snapshot-corrupt");
  }
  sqlite3_progress_handler(database->m_handle, most_steps_of_statement, interrupt, nullptr);
  return database;
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v2(m_handle, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) {
    return sqlite_error(m_handle, "prepare \"" + std::string(sql) + "\"", code);
  }
  return Statement(m_handle, statement);
}

Result<void> Database::execute(std::string_view sql) {
  const int code = sqlite3_exec(m_handle, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    return sqlite_error(m_handle, "run \"" + std::string(sql.substr(0, sql.find('\n'))) + "\"",
                        code);
  }
  return {};
}

Result<void> Database::transaction(const std::function<Result<void>()>& body) {
  TRY_VOID(execute("BEGIN IMMEDIATE"));
  Result<void> result = body();
  if (result) {
    result = execute("COMMIT");
  }
  if (!result && sqlite3_get_autocommit(m_handle) == 0) {
    // The first error is the one worth telling; a failed rollback ends with the connection.
    (void)execute("ROLLBACK");
  }
  return result;
}

void Database::take_time() {
  sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(m_handle);
}

} // namespace autopass
