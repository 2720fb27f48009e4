// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/deny_list.h"

#include "cache/schema.h"
#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

Denial denial(std::vector<std::uint64_t> functions, int major = 22) {
  Denial made{major, {}, "/bin/x", "plan-crashed", "signal 11"};
  for (const auto function : functions) {
    made.plans.push_back({{1, function}, unroll(function, 4).plan, "f"});
  }
  return made;
}

} // namespace

TEST_CASE("what is denied stays denied, once, and goes along with a snapshot") {
  const TestFolder folder;
  {
    auto store = PlanStore::open(folder / "plans.db");
    REQUIRE(store->deny(denial({1})));
    REQUIRE(store->deny(denial({1})));
    REQUIRE(store->deny(denial({1}, 19)));
    REQUIRE(store->deny(denial({1, 2})));
    REQUIRE(store->publish(folder / "snapshot"));
  }
  const auto denials = PlanStore::open(folder / "plans.db")->denials();
  REQUIRE(denials->size() == 3);
  for (const Denial& one : *denials) {
    CHECK(one.plans.front().plan == unroll(1, 4).plan);
    CHECK(one.reason == "plan-crashed");
    CHECK(one.detail == "signal 11");
    CHECK(one.target == "/bin/x");
    CHECK_FALSE(one.created_at.empty());
  }
  auto snapshot = Database::open_snapshot(folder / "snapshot");
  CHECK(denials_in(*snapshot)->size() == 3);
}

TEST_CASE("of what failed together, a part that cannot be read takes the rest along") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  REQUIRE(store->deny(denial({1, 2})));
  auto database = Database::open_writable(folder / "plans.db");
  REQUIRE(database->execute("UPDATE denied SET plan = '{}' WHERE fingerprint LIKE '%2'"));
  CHECK(store->denials()->empty());
}
