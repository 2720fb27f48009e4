// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/look_up.h"

#include "cache/slice_place.h"
#include "cache/snapshot.h"
#include "fixture.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace autopass;

namespace {

// A project "lz4" with a source, a compiler, a plugin, and a snapshot that knows them all.
struct World {
  TestFolder folder;
  std::string snapshot = folder / "s";
  TestVariable plans{"AUTOPASS_PLANS", snapshot.c_str()};
  TestVariable libraries{"AUTOPASS_LIBDIR", (folder / "plugins").c_str()};
  TestVariable project{"AUTOPASS_PROJECT", nullptr};
  TestVariable cpu{"AUTOPASS_CPU", nullptr};
  TestVariable config{"XDG_CONFIG_HOME", (folder / "config").c_str()};
  Compiler compiler{folder / "clang", "clang", {}};
  Probe probe;
  World() {
    REQUIRE(make_folders(folder / "plugins"));
    REQUIRE(make_folders(folder / "src/lib"));
    REQUIRE(write_file(folder / "plugins/autopass-pass-22.so", ""));
    REQUIRE(write_file(folder / "clang", "a compiler"));
    REQUIRE(write_file(folder / "src/.autopass.toml", "project = \"lz4\"\n"));
    REQUIRE(write_file(folder / "src/lib/a.c", ""));
    probe = *pair_up(folder / "clang", 22);
    publish({unroll(1, 4)});
  }
  void publish(const std::vector<StoredPlan>& stored, const SliceKey& key = test_key) {
    REQUIRE(write_snapshot(snapshot, key, stored, {probe}));
  }
  Slice ask(const std::string& working_folder = "/") {
    return look_up(compiler, folder / "src/lib/a.c", working_folder);
  }
  std::string reason() { return std::string(entry_of(ask().reason).name); }
};

} // namespace

TEST_CASE("a slice for this project, cpu and compiler") {
  World world;
  const Slice slice = world.ask();
  CHECK(slice.reason == Reason::None);
  CHECK(slice.digest == slice_digest(test_key, {unroll(1, 4)}).hex());
  CHECK(slice.plugin == world.folder / "plugins/autopass-pass-22.so");
  CHECK(slice.scope == "lz4");
  CHECK(slice.cpu == "znver3");
}

TEST_CASE("each way to none has its reason") {
  World world;
  {
    const TestVariable nowhere("AUTOPASS_PLANS", (world.folder / "nowhere").c_str());
    CHECK(world.reason() == "no-snapshot");
    CHECK(world.ask().scope.empty());
  }
  { // by hand, on a machine that has published nothing: what is missing is a trial of the compiler
    REQUIRE(write_file(world.folder / "by_hand.json", R"({"functions":{}})"));
    const TestVariable by_hand("AUTOPASS_PLANS", (world.folder / "by_hand.json").c_str());
    const TestVariable data("XDG_DATA_HOME", (world.folder / "empty").c_str());
    CHECK(world.reason() == "compiler-unknown");
  }
  {
    const TestVariable other("AUTOPASS_PROJECT", "other");
    CHECK(world.reason() == "scope-not-found");
  }
  {
    const TestVariable other("AUTOPASS_CPU", "znver4");
    CHECK(world.reason() == "scope-not-found");
  }
  REQUIRE(write_file(world.folder / "src/.autopass.toml", "project = "));
  CHECK(world.reason() == "project-unreadable");
  REQUIRE(write_file(world.folder / "src/.autopass.toml", "project = \"lz4\"\ncpu = \"znver4\""));
  CHECK(world.reason() == "scope-not-found");
  REQUIRE(write_file(world.folder / "src/.autopass.toml", "project = \"lz4\"\n"));
  REQUIRE(::chmod((world.folder / "src/.autopass.toml").c_str(), 0666) == 0);
  CHECK(world.reason() == "project-not-trusted");
  REQUIRE(::chmod((world.folder / "src/.autopass.toml").c_str(), 0644) == 0);
  REQUIRE(write_file(world.folder / "plugins/other", ""));
  {
    const TestVariable empty("AUTOPASS_LIBDIR", world.folder.scratch.path().c_str());
    CHECK(world.reason() == "plugin-missing");
  }
  world.publish({});
  CHECK(world.reason() == "no-plans");
  world.publish({unroll(1, 4)});
  world.probe.refusal = "it does not fit";
  world.publish({unroll(1, 4)});
  CHECK(world.reason() == "plugin-refused");
  REQUIRE(write_file(world.folder / "plugins/autopass-pass-22.so", "another build"));
  CHECK(world.reason() == "plugin-changed");
  REQUIRE(write_file(world.folder / "clang", "an upgraded compiler"));
  CHECK(world.reason() == "compiler-changed");
  world.compiler.path = world.folder / "clang-22";
  REQUIRE(write_file(world.compiler.path, "another compiler"));
  CHECK(world.reason() == "compiler-unknown");
  REQUIRE(write_file(world.snapshot, "garbage"));
  CHECK(world.reason() == "snapshot-corrupt");
}

TEST_CASE("the user's own configuration names the cpu, as it does for a session") {
  World world;
  REQUIRE(make_folders(world.folder / "config/autopass"));
  REQUIRE(write_file(world.folder / "config/autopass/config.toml", "cpu = \"znver4\"\n"));
  CHECK(world.reason() == "scope-not-found"); // the only slice is for znver3
  REQUIRE(write_file(world.folder / "src/.autopass.toml", "project = \"lz4\"\ncpu = \"znver3\""));
  CHECK(world.ask().reason == Reason::None);
}

TEST_CASE("behind a compiler cache's links no compiler is known by its neighbour") {
  World world;
  world.probe.compiler.path = world.folder / "ccache"; // as if it had been seen as clang-22
  REQUIRE(::rename((world.folder / "clang").c_str(), world.probe.compiler.path.c_str()) == 0);
  REQUIRE(::symlink("ccache", (world.folder / "clang-19").c_str()) == 0);
  world.publish({unroll(1, 4)});
  world.compiler.path = world.folder / "clang-19";
  CHECK(world.reason() == "compiler-unknown");
}

TEST_CASE(
    "a source outside of any project belongs to the working folder's, else to the common one") {
  World world;
  const auto ask = [&](const std::string& folder) {
    return look_up(world.compiler, "/usr/include/stdio.h", folder);
  };
  CHECK(ask(world.folder / "src").scope == "lz4");
  CHECK(ask("/").reason == Reason::ScopeNotFound);
  world.publish({unroll(1, 4)}, {"", "znver3", 22});
  CHECK(ask("/").reason == Reason::None);
}
