// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/schema.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

std::int64_t version(Database& database) {
  auto statement = database.prepare("PRAGMA user_version");
  REQUIRE(statement->step());
  return statement->number(0);
}

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
