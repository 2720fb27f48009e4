// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/schema.h"

#include "cache/snapshot.h"
#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

std::int64_t version(Database& database) {
  auto statement = database.prepare("PRAGMA user_version");
  REQUIRE(statement->step());
  return statement->number(0);
}

// plans.db as AutoPass 0.1.0 of November 2026 made it, with a plan and a compiler in it.
constexpr const char* plans_version_1 = R"sql(
CREATE TABLE setting(name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE slice(id INTEGER PRIMARY KEY, scope TEXT NOT NULL, cpu TEXT NOT NULL,
  llvm_major INTEGER NOT NULL, UNIQUE(scope, cpu, llvm_major));
CREATE TABLE plan(id INTEGER PRIMARY KEY AUTOINCREMENT, slice INTEGER NOT NULL REFERENCES slice(id),
  fingerprint TEXT NOT NULL, context TEXT NOT NULL, plan TEXT NOT NULL, function TEXT NOT NULL,
  target TEXT NOT NULL, evidence TEXT NOT NULL, created_at TEXT NOT NULL,
  UNIQUE(slice, target, fingerprint, context));
CREATE TABLE compiler(path TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL, llvm_major INTEGER NOT NULL, plugin TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE published(id INTEGER PRIMARY KEY AUTOINCREMENT,
  slice INTEGER NOT NULL REFERENCES slice(id), digest TEXT NOT NULL UNIQUE, plans INTEGER NOT NULL);
CREATE INDEX published_of_slice ON published(slice, id);
CREATE TABLE published_plan(
  published INTEGER NOT NULL REFERENCES published(id) ON DELETE CASCADE, fingerprint TEXT NOT NULL,
  context TEXT NOT NULL, plan TEXT NOT NULL,
  PRIMARY KEY(published, fingerprint, context)) WITHOUT ROWID;
INSERT INTO setting VALUES('cpu', 'znver3');
INSERT INTO slice VALUES(1, 'lz4', 'znver3', 22);
INSERT INTO plan VALUES(1, 1, '00000000000000010000000000000001', '00000000000000070000000000000007',
  '{"v":2,"params":{"unroll-count":4}}', 'f1', '/a', '{}', '2026-11-21T00:00:00Z');
INSERT INTO compiler VALUES('/usr/lib/llvm-22/bin/clang', 4711, 1795000000000000000, 22, 'abc');
PRAGMA application_id=1095790641;
PRAGMA user_version=1;
)sql";

} // namespace

TEST_CASE("an empty file gets the newest schema, once") {
  const TestFolder folder;
  auto plans = Database::open_writable(folder / "plans.db");
  REQUIRE(prepare_plans(*plans));
  REQUIRE(prepare_plans(*plans));
  CHECK(version(*plans) == plans_schema_version);
  auto builds = Database::open_writable(folder / "builds.db");
  REQUIRE(prepare_builds(*builds));
  CHECK(version(*builds) == builds_schema_version);
}

TEST_CASE("a newer schema is refused and left alone") {
  const TestFolder folder;
  auto plans = Database::open_writable(folder / "plans.db");
  REQUIRE(prepare_plans(*plans));
  REQUIRE(plans->execute("PRAGMA user_version=99"));
  const auto outcome = prepare_plans(*plans);
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().reason == "newer-schema");
  CHECK(version(*plans) == 99);
}

TEST_CASE("another program's database is refused and left alone") {
  const TestFolder folder;
  auto foreign = Database::open_writable(folder / "foreign.db");
  REQUIRE(foreign->execute("CREATE TABLE bookmarks(url TEXT)"));
  CHECK(prepare_plans(*foreign).error().reason == "corrupt");
  CHECK(version(*foreign) == 0);
}

TEST_CASE("damage in the middle of the plans is found before anything is done to them") {
  const TestFolder folder;
  {
    auto store = PlanStore::open(folder / "plans.db");
    std::vector<StoredPlan> plans;
    for (std::uint64_t function = 0; function < 200; ++function) {
      plans.push_back(unroll(function, 2));
    }
    REQUIRE(store->replace(test_key, "/a", plans));
  }
  std::string bytes = *read_file(folder / "plans.db");
  bytes.replace(bytes.size() / 2, 4096, 4096, 'x');
  REQUIRE(write_file(folder / "plans.db", bytes));
  const auto store = PlanStore::open(folder / "plans.db");
  REQUIRE_FALSE(store);
  CHECK(store.error().reason == "corrupt");
  CHECK_FALSE(store.error().next.empty());
}

TEST_CASE("our two databases are not taken for one another") {
  const TestFolder folder;
  auto builds = Database::open_writable(folder / "builds.db");
  REQUIRE(prepare_builds(*builds));
  CHECK(prepare_plans(*builds).error().reason == "corrupt");
}

TEST_CASE("plans of schema 1 stay; its compilers are to be tried with the plugin of today") {
  const TestFolder folder;
  REQUIRE(Database::open_writable(folder / "plans.db")->execute(plans_version_1));
  {
    auto store = PlanStore::open(folder / "plans.db");
    REQUIRE(store);
    const auto plans = store->plans(test_key);
    REQUIRE(plans->size() == 1);
    CHECK(plans->front().plan == unroll(1, 4).plan);
    CHECK(*store->cpu() == "znver3");
    const auto probes = store->probes("/usr/lib/llvm-22/bin/clang");
    REQUIRE(probes->size() == 1);
    CHECK(probes->front().compiler.size == 4711);
    CHECK(probes->front().compiler.modified_ns == 1795000000000000000);
    CHECK(probes->front().llvm_major == 22);
    const TestVariable libraries("AUTOPASS_LIBDIR", folder.scratch.path().c_str());
    REQUIRE(write_file(folder / "autopass-pass-22.so", "of today"));
    CHECK(judge(*probes, probes->front().compiler).reason == "plugin-changed");
    REQUIRE(store->publish(folder / "snapshot"));
  }
  auto migrated = Database::open_writable(folder / "plans.db");
  CHECK(version(*migrated) == plans_schema_version);
  CHECK_FALSE(migrated->prepare("SELECT * FROM compiler"));
  CHECK(*Snapshot::open(folder / "snapshot")->slice(test_key));
}

TEST_CASE("a snapshot of schema 1 is told from a damaged one") {
  const TestFolder folder;
  {
    auto old = Database::open_writable(folder / "snapshot");
    REQUIRE(old->execute(plans_version_1));
    REQUIRE(old->execute("PRAGMA journal_mode=DELETE"));
  }
  const auto opened = Snapshot::open(folder / "snapshot");
  REQUIRE_FALSE(opened);
  CHECK(opened.error().reason == "snapshot-older");
}
