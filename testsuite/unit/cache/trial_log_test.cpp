// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/trial_log.h"

#include "cache/report_log.h"
#include "cache/schema.h"
#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("trials come back by session, in order, until it is cleared") {
  const TestFolder folder;
  Database database = *Database::open_writable(folder / "builds.db");
  REQUIRE(prepare_builds(database));
  TrialLog log(database);
  REQUIRE(log.add("s1", {"search c1 train 1", "[1]"}));
  REQUIRE(log.add("s2", {"search c2 train 1", "[2]"}));
  REQUIRE(log.add("s1", {"confirm c1 train 1", "[3]"}));
  const auto trials = log.trials("s1");
  REQUIRE(trials->size() == 2);
  CHECK((*trials)[0].about == "search c1 train 1");
  CHECK((*trials)[0].samples == "[1]");
  CHECK((*trials)[1].samples == "[3]");
  REQUIRE(log.clear("s1"));
  CHECK(log.trials("s1")->empty());
  CHECK(log.trials("s2")->size() == 1);
}

TEST_CASE("the last report of a target, and all of them") {
  const TestFolder folder;
  Database database = *Database::open_writable(folder / "builds.db");
  REQUIRE(prepare_builds(database));
  ReportLog log(database);
  REQUIRE(log.add("/a", "{\"n\":1}"));
  REQUIRE(log.add("/b", "{\"n\":2}"));
  REQUIRE(log.add("/a", "{\"n\":3}"));
  CHECK((*log.last("/a"))->json == "{\"n\":3}");
  CHECK_FALSE(log.last("/c")->has_value());
  const auto all = log.all();
  REQUIRE(all->size() == 3);
  CHECK((*all)[0].json == "{\"n\":3}");
  CHECK((*all)[2].json == "{\"n\":1}");
}
