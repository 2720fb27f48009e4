// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stands in the snapshot's place must never stop, slow or spoil a compile.
#include "cache/snapshot.h"

#include "cache/snapshot_check.h"
#include "cache/snapshot_map.h"
#include "fixture.h"

#include <chrono>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace autopass;

namespace {

std::string reason_of(const std::string& path) {
  const auto snapshot = Snapshot::open(path);
  return snapshot ? "opened" : snapshot.error().reason;
}

std::string good_snapshot(const std::string& path) {
  REQUIRE(write_snapshot(path, test_key, {unroll(1, 2)}, {}));
  return path;
}

// The database alone.
std::string without_map(const std::string& snapshot) {
  const auto byte = [&](std::size_t at) { return std::size_t{static_cast<unsigned char>(snapshot[at])}; };
  const std::size_t pages = byte(28) << 24 | byte(29) << 16 | byte(30) << 8 | byte(31);
  REQUIRE(pages * (byte(16) << 8) < snapshot.size());
  return snapshot.substr(0, pages * (byte(16) << 8));
}

// As if it had been published so.
void edit(const std::string& path, const std::string& sql) {
  REQUIRE(write_file(path, without_map(*read_file(path))));
  REQUIRE(Database::open_copy(path)->execute(sql));
  REQUIRE(append_map(path));
}

} // namespace

TEST_CASE("what is no snapshot is refused with its reason") {
  const TestFolder folder;
  CHECK(reason_of("") == "no-snapshot");
  CHECK(reason_of(folder / "nothing") == "no-snapshot");
  CHECK(reason_of(folder.scratch.path()) == "snapshot-not-a-file");
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  CHECK(reason_of(folder / "fifo") == "snapshot-not-a-file");
  CHECK(reason_of("/dev/zero") == "snapshot-not-a-file");
  REQUIRE(write_file(folder / "garbage", std::string(8192, 'g')));
  CHECK(reason_of(folder / "garbage") == "snapshot-corrupt");
  REQUIRE(write_file(folder / "empty", ""));
  CHECK(reason_of(folder / "empty") == "snapshot-corrupt");
}

TEST_CASE("a sparse file of 4 GiB is refused at once, and so is one of 64 MiB") {
  const TestFolder folder;
  const auto start = std::chrono::steady_clock::now();
  for (const auto& [size, reason] :
       {std::pair{4ll << 30, "snapshot-too-large"}, std::pair{64ll << 20, "snapshot-corrupt"}}) {
    REQUIRE(write_file(folder / "sparse", ""));
    REQUIRE(::truncate((folder / "sparse").c_str(), size) == 0);
    CHECK(reason_of(folder / "sparse") == reason);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("a newer schema is refused") {
  const TestFolder folder;
  const std::string path = good_snapshot(folder / "s");
  REQUIRE(Database::open_copy(path)->execute("PRAGMA user_version=99"));
  CHECK(reason_of(path) == "snapshot-newer");
}

TEST_CASE("a truncated or scribbled snapshot gives no plan and no crash") {
  const TestFolder folder;
  const std::string whole = *read_file(good_snapshot(folder / "s"));
  for (std::size_t size = 0; size < whole.size(); size += 1000) {
    REQUIRE(write_file(folder / "cut", whole.substr(0, size)));
    if (auto snapshot = Snapshot::open(folder / "cut")) {
      const auto slice = snapshot->slice(test_key);
      (void)snapshot->cpu();
      (void)snapshot->empty();
      (void)snapshot->find(slice ? slice->value_or(Digest{}) : Digest{}, {1, 1}, {7, 7});
    }
  }
  // Every byte of the plan itself: what is read is the plan or an error, never another plan.
  const auto at = whole.rfind("{\"v\":");
  REQUIRE(at > without_map(whole).size());
  REQUIRE(at != std::string::npos);
  for (std::size_t byte = at; byte < at + 20; ++byte) {
    std::string scribbled = whole;
    scribbled[byte] = '\x01';
    REQUIRE(write_file(folder / "scribbled", scribbled));
    auto snapshot = Snapshot::open(folder / "scribbled");
    REQUIRE(snapshot);
    const auto slice = slice_digest(test_key, {unroll(1, 2)});
    const auto plan = snapshot->find(slice, {1, 1}, {7, 7});
    CHECK_FALSE(plan);
  }
}

TEST_CASE("a snapshot answers what compiles ask") {
  const TestFolder folder;
  Probe probe;
  probe.compiler = {folder / "clang-22", 4, 5};
  probe.llvm_major = 22;
  probe.plugin_build = "b";
  probe.libraries = {{folder / "libLLVM 22.so", 1, 2}, {"/lib/other.so", 3, 4}};
  const std::vector<StoredPlan> plans{unroll(1, 2, {}), unroll(1, 4), unroll(2, 8)};
  REQUIRE(write_snapshot(folder / "s", test_key, plans, {probe}));
  const auto snapshot = Snapshot::open(folder / "s");
  REQUIRE(snapshot);
  CHECK_FALSE(*snapshot->empty());
  CHECK(snapshot->cpu()->value() == test_key.cpu);
  const auto slice = snapshot->slice(test_key);
  REQUIRE((slice && *slice == slice_digest(test_key, plans)));
  CHECK_FALSE(snapshot->slice({"other", test_key.cpu, 22})->has_value());
  CHECK_FALSE(snapshot->slice({test_key.scope, test_key.cpu, 19})->has_value());
  CHECK(snapshot->standing({"/nowhere", 4, 5})->reason == "compiler-unknown");
  CHECK(snapshot->standing({folder / "clang-22", 4, 6})->reason == "compiler-changed");
  CHECK_FALSE(snapshot->find({9, 9}, {1, 1}, {7, 7})->has_value());
  CHECK(planned_functions(folder / "s", **slice)->size() == 2);
  CHECK(check_snapshot(folder / "s"));
  const auto words = words_of({probe, probe});
  const auto again = probes_in(probe.compiler.path, words);
  REQUIRE(again.size() == 2);
  CHECK(words_of(again) == words);
  CHECK(again[1].libraries[0].path == folder / "libLLVM 22.so");
  CHECK(again[1].libraries[0].modified_ns == 2);
}

TEST_CASE("a snapshot that was edited, or has lost its map, counts as damaged") {
  const TestFolder folder;
  const std::string path = good_snapshot(folder / "s");
  REQUIRE(write_file(folder / "database", without_map(*read_file(path))));
  CHECK(reason_of(folder / "database") == "snapshot-corrupt");
  REQUIRE(Database::open_copy(path)->execute("UPDATE setting SET value = 'other'"));
  CHECK(reason_of(path) == "snapshot-corrupt");
  edit(path, "UPDATE setting SET value = 'other'");
  CHECK(Snapshot::open(path)->cpu()->value() == "other");
}

TEST_CASE("a damaged database behind which the map is whole serves compiles, and is told") {
  const TestFolder folder;
  const std::string with_map = *read_file(good_snapshot(folder / "s"));
  REQUIRE(check_snapshot(folder / "s"));
  std::string scribbled = without_map(with_map);
  const auto page = static_cast<std::size_t>(static_cast<unsigned char>(scribbled[16])) << 8;
  REQUIRE(page >= 512);
  for (std::size_t head = page; head < scribbled.size(); head += page) {
    scribbled.replace(head, 16, 16, '\x7f');
  }
  const std::string path = folder / "scribbled";
  REQUIRE(write_file(path, scribbled + with_map.substr(scribbled.size())));
  CHECK(Snapshot::open(path)->slice(test_key)->has_value());
  CHECK(check_snapshot(path).error().reason == "snapshot-corrupt");
  CHECK_FALSE(planned_functions(path, {1, 1}));
}

TEST_CASE("a question to its database that would never end is given up") {
  const TestFolder folder;
  const std::string path = good_snapshot(folder / "s");
  REQUIRE(Database::open_copy(path)->execute(
      "DROP TABLE published_plan; CREATE VIEW published_plan AS WITH RECURSIVE n(i) AS (SELECT 1 "
      "UNION ALL SELECT i + 1 FROM n) SELECT 1 AS published, 'x' AS fingerprint FROM n WHERE i < 0"));
  CHECK_FALSE(planned_functions(path, slice_digest(test_key, {unroll(1, 2)})));
}

TEST_CASE("a plan that does not validate is an error and hides no other") {
  const TestFolder folder;
  REQUIRE(write_snapshot(folder / "s", test_key, {unroll(1, 2), unroll(2, 4), unroll(3, 4)}, {}));
  edit(folder / "s", "UPDATE published_plan SET plan = '{\"v\":2,\"params\":{\"system\":1}}' "
                     "WHERE fingerprint LIKE '%1'; "
                     "UPDATE published_plan SET plan = '{\"v\":3}' WHERE fingerprint LIKE '%3'");
  auto snapshot = Snapshot::open(folder / "s");
  const auto slice = **snapshot->slice(test_key);
  const auto bad = snapshot->find(slice, {1, 1}, {7, 7});
  REQUIRE_FALSE(bad);
  CHECK(bad.error().reason == "invalid-plan");
  CHECK(snapshot->find(slice, {1, 3}, {7, 7}).error().reason == "vocabulary-version");
  CHECK(snapshot->find(slice, {1, 2}, {7, 7})->value() == unroll(2, 4).plan);
}

TEST_CASE("the plan of this context comes before one for any context") {
  const TestFolder folder;
  REQUIRE(
      write_snapshot(folder / "s", test_key, {unroll(1, 2, {}), unroll(1, 4), unroll(2, 8)}, {}));
  auto snapshot = Snapshot::open(folder / "s");
  const auto slice = **snapshot->slice(test_key);
  CHECK(snapshot->find(slice, {1, 1}, {7, 7})->value() == unroll(1, 4).plan);
  CHECK(snapshot->find(slice, {1, 1}, {8, 8})->value() == unroll(1, 2).plan);
  CHECK_FALSE(snapshot->find(slice, {1, 2}, {8, 8})->has_value());
  CHECK(snapshot->holds_function(slice, {1, 2}));
  CHECK_FALSE(snapshot->holds_function(slice, {1, 3}));
}

TEST_CASE("a program that stands for several compilers is none of them") {
  const TestFolder folder;
  REQUIRE(write_file(folder / "ccache", "compiles with whatever it was called as"));
  for (const std::string name : {"clang-22", "clang-19", "clang++"}) {
    REQUIRE(::symlink((folder / "ccache").c_str(), (folder / name).c_str()) == 0);
    const auto identity = identify_compiler(folder / name);
    REQUIRE_FALSE(identity);
    CHECK(identity.error().reason == "compiler-unknown");
    CHECK_FALSE(identity.error().next.empty());
  }
}

TEST_CASE("with a standard descriptor closed nothing is opened in its place") {
  const TestFolder folder;
  const std::string path = good_snapshot(folder / "s");
  for (int fd = 0; fd < 3; ++fd) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(fd);
      ::_exit(reason_of(path) == "descriptor-closed" && ::fcntl(fd, F_GETFD) < 0 ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
}

TEST_CASE("bytes of a path that mean something in a URI are nothing special") {
  const TestFolder folder;
  REQUIRE(make_folders(folder / "a?b#c%41"));
  CHECK(reason_of(good_snapshot(folder / "a?b#c%41/s")) == "opened");
}

TEST_CASE("reading works in a read-only folder and leaves no file behind") {
  const TestFolder folder;
  REQUIRE(make_folders(folder / "ro"));
  const std::string path = good_snapshot(folder / "ro/s");
  REQUIRE(::chmod(path.c_str(), 0444) == 0);
  REQUIRE(::chmod((folder / "ro").c_str(), 0555) == 0);
  CHECK(reason_of(path) == "opened");
  CHECK_FALSE(exists(path + "-journal"));
  CHECK_FALSE(exists(path + "-shm"));
  REQUIRE(::chmod((folder / "ro").c_str(), 0755) == 0);
}
