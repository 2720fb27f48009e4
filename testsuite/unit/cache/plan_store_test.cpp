// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/plan_store.h"

#include "cache/snapshot.h"
#include "fixture.h"

#include <csignal>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace autopass;

namespace {

std::int64_t unroll_count(Snapshot& snapshot, const Digest& slice, std::uint64_t function) {
  const auto plan = snapshot.find(slice, {1, function}, {7, 7});
  REQUIRE(plan);
  return *plan && (*plan)->params.size() == 1 ? std::get<std::int64_t>((*plan)->params[0].value)
                                              : 0;
}

ino_t file_number(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_ino;
}

} // namespace

TEST_CASE("replace exchanges the plans of one target and no other") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  REQUIRE(store->replace(test_key, "/a", {unroll(1, 2), unroll(2, 2)}));
  REQUIRE(store->replace(test_key, "/b", {unroll(3, 4)}));
  REQUIRE(store->replace(test_key, "/a", {unroll(1, 8)}));
  const auto plans = store->plans(test_key);
  REQUIRE(plans->size() == 2);
  CHECK((*plans)[0].target == "/b");
  CHECK((*plans)[1].target == "/a");
  CHECK((*plans)[1].plan == unroll(1, 8).plan);
  CHECK((*plans)[1].function == "f1");
  CHECK((*plans)[1].created_at == "2026-11-21T00:00:00Z");
  CHECK(store->plans({"other", "znver3", 22})->empty());
  CHECK(store->slices()->size() == 1);
}

TEST_CASE("an invalid plan is refused and the old ones stay") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  REQUIRE(store->replace(test_key, "/a", {unroll(1, 2)}));
  StoredPlan invalid = unroll(1, 2);
  invalid.plan.params = {{"no-such-option", true}};
  CHECK_FALSE(store->replace(test_key, "/a", {invalid}));
  CHECK(store->plans(test_key)->size() == 1);
}

TEST_CASE("a published slice is found by its key, and its plans by its digest") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  REQUIRE(store->set_cpu("znver3"));
  REQUIRE(store->replace(test_key, "/a", {unroll(1, 2)}));
  REQUIRE(store->publish(folder / "s"));
  auto snapshot = Snapshot::open(folder / "s");
  REQUIRE(snapshot);
  CHECK(*snapshot->cpu() == "znver3");
  const auto slice = *snapshot->slice(test_key);
  REQUIRE(slice);
  CHECK(*slice == slice_digest(test_key, *store->plans(test_key)));
  CHECK(unroll_count(*snapshot, *slice, 1) == 2);
  CHECK(unroll_count(*snapshot, *slice, 2) == 0);
  CHECK_FALSE(*snapshot->slice({"lz4", "znver3", 23}));
  CHECK_FALSE(*snapshot->slice({"lz4", "znver4", 22}));
  CHECK_FALSE(*snapshot->slice({"", "znver3", 22}));
}

TEST_CASE("of two targets' plans for one function the later one is published") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  REQUIRE(store->replace(test_key, "/a", {unroll(1, 2)}));
  REQUIRE(store->replace(test_key, "/b", {unroll(1, 4)}));
  REQUIRE(store->publish(folder / "s"));
  auto snapshot = Snapshot::open(folder / "s");
  CHECK(unroll_count(*snapshot, **snapshot->slice(test_key), 1) == 4);
}

TEST_CASE("the newest eight slices of a key stay readable by their digest") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  std::vector<Digest> digests;
  for (int count = 1; count <= 10; ++count) {
    StoredPlan stored = unroll(1, 1);
    stored.plan.params = {{"unroll-max-count", std::int64_t{count}}}; // which has ten values
    REQUIRE(store->replace(test_key, "/a", {stored}));
    REQUIRE(store->publish(folder / "s"));
    digests.push_back(slice_digest(test_key, *store->plans(test_key)));
  }
  auto snapshot = Snapshot::open(folder / "s");
  CHECK(*snapshot->slice(test_key) == digests[9]);
  for (int count = 1; count <= 10; ++count) {
    CHECK(unroll_count(*snapshot, digests[static_cast<std::size_t>(count - 1)], 1) ==
          (count <= 2 ? 0 : count));
  }
}

TEST_CASE("large old slices go sooner, and the one in force never") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  std::vector<Digest> digests;
  // In the middle and at last one says that it holds more than may be kept.
  for (int count = 1; count <= 5; ++count) {
    REQUIRE(store->replace(test_key, "/a", {unroll(1, count)}));
    REQUIRE(store->publish(folder / "s"));
    digests.push_back(slice_digest(test_key, *store->plans(test_key)));
    if (count == 3 || count == 5) {
      REQUIRE(Database::open_copy(folder / "plans.db")
                  ->execute("UPDATE published SET plans = 2000000 "
                            "WHERE id = (SELECT max(id) FROM published)"));
    }
  }
  auto snapshot = Snapshot::open(folder / "s");
  CHECK(*snapshot->slice(test_key) == digests[4]);
  for (int count = 1; count <= 5; ++count) {
    CHECK(unroll_count(*snapshot, digests[static_cast<std::size_t>(count - 1)], 1) ==
          (count <= 3 ? 0 : count));
  }
}

TEST_CASE("evidence stays with the tuner: the snapshot holds what compiles read") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  StoredPlan stored = unroll(1, 2);
  stored.evidence = "{\"why\": \"a long story\"}";
  REQUIRE(store->replace(test_key, "/a", {stored}));
  REQUIRE(store->publish(folder / "s"));
  CHECK(read_file(folder / "s", 1 << 20)->find("a long story") == std::string::npos);
  CHECK(store->plans(test_key)->at(0).evidence == stored.evidence);
}

TEST_CASE("a slice that comes back to what it was has its old digest and is in force") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  std::vector<std::optional<Digest>> slices;
  for (const int count : {2, 4, 2}) {
    REQUIRE(store->replace(test_key, "/a", {unroll(1, count)}));
    REQUIRE(store->publish(folder / "s"));
    slices.push_back(*Snapshot::open(folder / "s")->slice(test_key));
  }
  CHECK(slices[0] != slices[1]);
  CHECK(slices[0] == slices[2]);
}

TEST_CASE("withdrawn plans leave no slice in force") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  REQUIRE(store->replace(test_key, "/a", {unroll(1, 2)}));
  REQUIRE(store->publish(folder / "s"));
  REQUIRE(store->replace(test_key, "/a", {}));
  REQUIRE(store->publish(folder / "s"));
  CHECK_FALSE(*Snapshot::open(folder / "s")->slice(test_key));
}

TEST_CASE("the digest depends on key, function, context and plan, and not on the order") {
  const Digest digest = slice_digest(test_key, {unroll(1, 2), unroll(2, 2)});
  CHECK(digest == slice_digest(test_key, {unroll(2, 2), unroll(1, 2)}));
  CHECK(digest != slice_digest({"lz4", "znver4", 22}, {unroll(1, 2), unroll(2, 2)}));
  CHECK(digest != slice_digest(test_key, {unroll(1, 2), unroll(3, 2)}));
  CHECK(digest != slice_digest(test_key, {unroll(1, 2), unroll(2, 4)}));
  CHECK(digest != slice_digest(test_key, {unroll(1, 2), unroll(2, 2, {8, 8})}));
}

TEST_CASE("publishing replaces the file as a whole: who has it open keeps the old one") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "plans.db");
  REQUIRE(store->replace(test_key, "/a", {unroll(1, 2)}));
  REQUIRE(store->publish(folder / "s"));
  auto before = Snapshot::open(folder / "s");
  const auto slice = **before->slice(test_key);
  const auto number = file_number(folder / "s");
  REQUIRE(store->replace(test_key, "/a", {unroll(1, 4)}));
  REQUIRE(store->publish(folder / "s"));
  CHECK(file_number(folder / "s") != number); // what is in memory already would not tell
  CHECK(*before->slice(test_key) == slice);
  CHECK(unroll_count(*before, slice, 1) == 2);
  CHECK(*Snapshot::open(folder / "s")->slice(test_key) != slice);
}

TEST_CASE("the snapshot is one file in rollback mode, and temporaries of the dead are removed") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "data/plans.db");
  REQUIRE(write_file(folder / "s.publish.4194300", "left by a killed publisher"));
  REQUIRE(write_file(folder / "s.publish.1", "another publisher at work"));
  REQUIRE(store->publish(folder / "s"));
  std::ifstream file(folder / "s", std::ios::binary);
  char header[20] = {};
  file.read(header, sizeof header);
  CHECK(header[18] == 1); // 2 would be WAL
  CHECK(header[19] == 1);
  CHECK_FALSE(exists(folder / "s.publish.4194300"));
  CHECK(exists(folder / "s.publish.1"));
  CHECK_FALSE(exists(folder / "s-journal"));
  CHECK_FALSE(exists(folder / "s-wal"));
}

TEST_CASE("a failed publication leaves the old snapshot and nothing else") {
  const TestFolder folder;
  auto store = PlanStore::open(folder / "data/plans.db");
  REQUIRE(make_folders(folder / "out/s/in-the-way"));
  REQUIRE_FALSE(store->publish(folder / "out/s"));
  CHECK(exists(folder / "out/s/in-the-way"));
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder / "out")) {
    ++entries;
  }
  CHECK(entries == 1);
}

TEST_CASE("a publisher that is killed at any moment leaves a whole snapshot and a whole store") {
  const TestFolder folder;
  REQUIRE(PlanStore::open(folder / "plans.db")->publish(folder / "s"));
  for (int milliseconds = 1; milliseconds < 60; milliseconds += 6) {
    const pid_t publisher = ::fork();
    if (publisher == 0) {
      auto store = PlanStore::open(folder / "plans.db");
      for (int count = 1; store; count = count % 8 + 1) {
        (void)store->replace(test_key, "/a", {unroll(1, count), unroll(2, count)});
        (void)store->publish(folder / "s");
      }
      ::_exit(1);
    }
    ::usleep(static_cast<useconds_t>(milliseconds) * 1000);
    ::kill(publisher, SIGKILL);
    ::waitpid(publisher, nullptr, 0);
    auto snapshot = Snapshot::open(folder / "s");
    REQUIRE(snapshot);
    if (const auto slice = *snapshot->slice(test_key)) {
      const auto count = unroll_count(*snapshot, *slice, 1);
      CHECK(count > 0);
      CHECK(unroll_count(*snapshot, *slice, 2) == count);
      CHECK(*slice == slice_digest(test_key, {unroll(1, count), unroll(2, count)}));
    }
    CHECK(PlanStore::open(folder / "plans.db"));
  }
  REQUIRE(PlanStore::open(folder / "plans.db")->publish(folder / "s"));
  for (const auto& entry : std::filesystem::directory_iterator(folder.scratch.path())) {
    CHECK(entry.path().string().find(".publish.") == std::string::npos);
  }
}

TEST_CASE("write_snapshot makes a snapshot from nothing but its arguments") {
  const TestFolder folder;
  REQUIRE(write_file(folder / "clang", "a compiler"));
  const auto probe = pair_up(folder / "clang", 22);
  REQUIRE(probe);
  const auto slice = write_snapshot(folder / "s", test_key, {unroll(1, 2)}, {*probe});
  REQUIRE(slice);
  auto snapshot = Snapshot::open(folder / "s");
  CHECK(*snapshot->slice(test_key) == *slice);
  CHECK(*snapshot->cpu() == "znver3");
  CHECK(snapshot->standing(probe->compiler)->llvm_major == 22);
  const auto none = write_snapshot(folder / "e", test_key, {}, {});
  REQUIRE(none);
  auto empty = Snapshot::open(folder / "e");
  CHECK(*empty->empty());
  CHECK_FALSE(*empty->slice(test_key));
  CHECK_FALSE(empty->find(*none, {1, 1}, {7, 7})->has_value());
}
