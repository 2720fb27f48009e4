// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A small typed layer over SQLite: a connection, prepared statements with a bind chain, and
// transactions. Errors come back as Result; nothing throws, nothing prints.
#pragma once

#include "util/error.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace autopass {

class Statement {
public:
  Statement(Statement&&) noexcept;
  ~Statement();
  // Binds the next parameter, from the left; strings are bound as text, blobs as blob.
  Statement& bind(std::int64_t value);
  Statement& bind(double value);
  Statement& bind(std::string_view value);
  Statement& bind_blob(std::string_view value);
  // True when a row is there, false at the end. The statement rewinds itself at the end.
  Result<bool> step();
  Result<void> run(); // step to the end, rows ignored
  std::int64_t number(int column) const;
  double real(int column) const;
  std::string text(int column) const; // text or blob, byte for byte
  void rewind();                      // ready for new bindings

private:
  friend class Database;
  Statement(sqlite3* database, sqlite3_stmt* statement);
  sqlite3* m_database;
  sqlite3_stmt* m_statement;
  int m_next = 1;
};

class Database {
public:
  // WAL, busy timeout 10 s, foreign keys on; creates file and folder.
  static Result<Database> open_writable(const std::string& path);
  // mode=ro&immutable=1: takes no lock, writes nothing, never waits. Reasons of errors: those of
  // check_snapshot_file(), snapshot-corrupt. Not for a compile, which asks the map (snapshot.h).
  static Result<Database> open_snapshot(const std::string& path);
  static Result<Database> open_memory();
  // An existing file as it is, journal mode untouched: a copy that nobody else can see yet.
  static Result<Database> open_copy(const std::string& path);
  Database(Database&&) noexcept;
  ~Database();

  Result<Statement> prepare(std::string_view sql);
  Result<void> execute(std::string_view sql); // any number of statements
  // Runs `body` in BEGIN IMMEDIATE ... COMMIT; an Error rolls back.
  Result<void> transaction(const std::function<Result<void>()>& body);
  std::int64_t last_row() const;
  void take_time(); // lifts a snapshot's bound on how many steps a statement takes
  const std::string& path() const { return m_path; }

private:
  Database(sqlite3* handle, std::string path);
  static Result<Database> open(const std::string& name, int flags, const std::string& path);
  sqlite3* m_handle;
  std::string m_path;
};

} // namespace autopass
