// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/database.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

Database with_table(const std::string& path) {
  auto database = Database::open_writable(path);
  REQUIRE(database);
  REQUIRE(database->execute("CREATE TABLE t(a INTEGER, b REAL, c TEXT, d BLOB)"));
  return std::move(*database);
}

std::int64_t rows(Database& database) {
  auto count = database.prepare("SELECT count(*) FROM t");
  REQUIRE(count->step());
  return count->number(0);
}

} // namespace

TEST_CASE("values come back as they were bound, byte for byte") {
  const TestFolder folder;
  Database database = with_table(folder / "new/t.db");
  const std::string bytes("\xff\0b", 3);
  auto insert = database.prepare("INSERT INTO t VALUES(?, ?, ?, ?)");
  REQUIRE(insert->bind(std::int64_t{-3}).bind(0.5).bind("").bind_blob(bytes).run());
  auto select = database.prepare("SELECT a, b, c, d, c IS NULL FROM t");
  REQUIRE(*select->step());
  CHECK(select->number(0) == -3);
  CHECK(select->real(1) == 0.5);
  CHECK(select->text(2).empty());
  CHECK(select->text(3) == bytes);
  CHECK(select->number(4) == 0);
  CHECK_FALSE(*select->step());
}

TEST_CASE("a statement is ready for new values when it has run to its end") {
  const TestFolder folder;
  Database database = with_table(folder / "t.db");
  auto insert = database.prepare("INSERT INTO t(a) VALUES(?)");
  REQUIRE(insert->bind(std::int64_t{1}).run());
  REQUIRE(insert->bind(std::int64_t{2}).run());
  CHECK(rows(database) == 2);
}

TEST_CASE("an error rolls the transaction back") {
  const TestFolder folder;
  Database database = with_table(folder / "t.db");
  const auto outcome = database.transaction([&]() -> Result<void> {
    TRY_VOID(database.execute("INSERT INTO t(a) VALUES(1)"));
    return fail("changed my mind");
  });
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().what == "changed my mind");
  CHECK(rows(database) == 0);
  CHECK(database.transaction([&] { return database.execute("INSERT INTO t(a) VALUES(1)"); }));
  CHECK(rows(database) == 1);
}

TEST_CASE("errors say what was tried, where, and what to try") {
  const TestFolder folder;
  Database database = with_table(folder / "t.db");
  const auto error = database.execute("INSERT INTO nowhere VALUES(1)");
  REQUIRE_FALSE(error);
  CHECK(error.error().what.find("nowhere") != std::string::npos);
  CHECK(error.error().what.find(folder / "t.db") != std::string::npos);
  CHECK(error.error().next.find("version") != std::string::npos);
  CHECK_FALSE(database.prepare("SELEC"));
  REQUIRE(database.execute("PRAGMA max_page_count = 2"));
  const auto full = database.execute("INSERT INTO t(d) VALUES(zeroblob(100000))");
  REQUIRE_FALSE(full);
  CHECK(full.error().next.find("space") != std::string::npos);
  const auto gone = Database::open_copy(folder / "gone/t.db");
  REQUIRE_FALSE(gone);
  CHECK(gone.error().next.find("writable") != std::string::npos);
}

TEST_CASE("what is no database is refused as corrupt") {
  const TestFolder folder;
  REQUIRE(write_file(folder / "t.db", std::string(4096, 'x')));
  const auto database = Database::open_writable(folder / "t.db");
  REQUIRE_FALSE(database);
  CHECK(database.error().reason == "corrupt");
  REQUIRE(make_folders(folder / "folder.db"));
  const auto folder_error = Database::open_writable(folder / "folder.db");
  CHECK(folder_error.error().reason == "corrupt");
  CHECK_FALSE(folder_error.error().next.empty());
  CHECK_FALSE(Database::open_writable(""));
}
