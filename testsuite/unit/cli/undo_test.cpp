// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/plan_store.h"
#include "cache/snapshot.h"
#include "cli/verbs.h"
#include "fixture.h"
#include "util/paths.h"

#include <doctest/doctest.h>
#include <optional>

using namespace autopass;

namespace {

// A store with a plan of /p, and its snapshot.
struct Published {
  const TestFolder folder;
  const TestVariable data{"XDG_DATA_HOME", (folder / "data").c_str()};
  const TestVariable plans{"AUTOPASS_PLANS", (folder / "snapshot").c_str()};
  std::optional<PlanStore> store;

  Published() {
    REQUIRE(make_folders(folder / "data/autopass"));
    store.emplace(PlanStore::open(plans_path()).value());
    REQUIRE(store->replace(test_key, "/p", {unroll(1, 4)}));
    publish();
  }
  void publish() { REQUIRE(store->publish(folder / "snapshot")); }
};

} // namespace

TEST_CASE("an undo that could not publish is finished by the next one") {
  const Published world;
  const TestFolder& folder = world.folder;
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
  Published world;
  PlanStore& store = *world.store;
  const StoredPlan one = unroll(1, 4), other = unroll(2, 8);
  const std::vector<DeniedPlan> both = {{one.fingerprint, one.plan, "f"}, {other.fingerprint, other.plan, "g"}};
  REQUIRE(store.deny({22, both, "/p", "wrong-output", "differs"}));
  REQUIRE(store.deny({22, {both[0]}, "/q", "plan-crashed", "signal 11"}));
  world.publish();

  CHECK(execute(UndoArguments{"/p", true}));
  const auto left = store.denials();
  REQUIRE((left && left->size() == 1));
  CHECK(left->front().target == "/q");
  auto published = Database::open_snapshot(world.folder / "snapshot");
  REQUIRE(published);
  CHECK(denials_in(*published)->size() == 1);
  CHECK(store.plans(test_key)->size() == 1);
  CHECK_FALSE(execute(UndoArguments{"/p", true})); // none left
}
