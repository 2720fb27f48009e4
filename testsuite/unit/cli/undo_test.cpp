// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/plan_store.h"
#include "cache/snapshot.h"
#include "cli/verbs.h"
#include "fixture.h"
#include "util/paths.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("an undo that could not publish is finished by the next one") {
  const TestFolder folder;
  const TestVariable data("XDG_DATA_HOME", (folder / "data").c_str());
  const TestVariable plans("AUTOPASS_PLANS", (folder / "snapshot").c_str());
  REQUIRE(make_folders(folder / "data/autopass"));
  {
    auto store = PlanStore::open(plans_path());
    REQUIRE(store);
    REQUIRE(store->replace(test_key, "/p", {unroll(1, 4)}));
    REQUIRE(store->publish(folder / "snapshot"));
  }
  const auto in_force = [&] { return *Snapshot::open(folder / "snapshot")->slice(test_key); };
  REQUIRE(in_force());
  {
    REQUIRE(write_file(folder / "full", "")); // no folder can be made below a file
    const TestVariable nowhere("AUTOPASS_PLANS", (folder / "full/snapshot").c_str());
    CHECK_FALSE(execute(UndoArguments{"/p"}));
  }
  CHECK(in_force());
  CHECK_FALSE(execute(UndoArguments{"/p"})); // there are no plans of /p any more
  CHECK_FALSE(in_force());
}

TEST_CASE("undo --denied takes a program's entries off the deny list, and leaves its plans") {
  const TestFolder folder;
  const TestVariable data("XDG_DATA_HOME", (folder / "data").c_str());
  const TestVariable plans("AUTOPASS_PLANS", (folder / "snapshot").c_str());
  REQUIRE(make_folders(folder / "data/autopass"));
  auto store = PlanStore::open(plans_path());
  REQUIRE(store);
  REQUIRE(store->replace(test_key, "/p", {unroll(1, 4)}));
  const StoredPlan one = unroll(1, 4), other = unroll(2, 8);
  const std::vector<DeniedPlan> both = {{one.fingerprint, one.plan, "f"}, {other.fingerprint, other.plan, "g"}};
  REQUIRE(store->deny({22, both, "/p", "wrong-output", "differs"}));
  REQUIRE(store->deny({22, {both[0]}, "/q", "plan-crashed", "signal 11"}));
  REQUIRE(store->publish(folder / "snapshot"));

  CHECK(execute(UndoArguments{"/p", true}));
  const auto left = store->denials();
  REQUIRE((left && left->size() == 1));
  CHECK(left->front().target == "/q");
  auto published = Database::open_snapshot(folder / "snapshot");
  REQUIRE(published);
  CHECK(denials_in(*published)->size() == 1);
  CHECK(store->plans(test_key)->size() == 1);
  CHECK_FALSE(execute(UndoArguments{"/p", true})); // none left
}
