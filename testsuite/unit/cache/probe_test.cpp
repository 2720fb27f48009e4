// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/probe.h"

#include "cache/snapshot.h"
#include "fixture.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace autopass;

namespace {

// A compiler, a plugin for LLVM 22, and a store that can be asked about them.
struct World {
  TestFolder folder;
  TestVariable libraries{"AUTOPASS_LIBDIR", folder.scratch.path().c_str()};
  std::string clang = folder / "clang", plugin = folder / "autopass-pass-22.so";
  PlanStore store = *PlanStore::open(folder / "plans.db");
  World() {
    REQUIRE(write_file(clang, "a compiler"));
    REQUIRE(write_file(plugin, "a plugin"));
  }
  // Another file of the same size, written at that second.
  void replace(const std::string& path, time_t when) {
    std::string other = *read_file(path);
    ++other.front();
    REQUIRE(write_file(path, other));
    const timespec times[2] = {{when, 0}, {when, 0}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
  }
  void remember(const std::string& refusal = {}) {
    Probe probe = *pair_up(clang, 22);
    probe.refusal = refusal;
    REQUIRE(store.remember(probe));
  }
  Standing standing() {
    const auto compiler = *identify_compiler(clang);
    return judge(*store.probes(compiler.path), compiler);
  }
};

} // namespace

TEST_CASE("a linker is known as it was tried, and another one changes nothing for the compiler") {
  World world;
  const std::string linker = world.folder / "lld";
  REQUIRE(write_file(linker, "a linker"));
  Probe probe = *pair_up(world.clang, 22);
  probe.libraries.push_back(*identify_file(linker));
  REQUIRE(world.store.remember(probe));
  CHECK(world.standing().linker == linker);
  world.replace(linker, 2'000'000'000);
  CHECK(world.standing().linker.empty());
  CHECK(world.standing().reason.empty());
}

TEST_CASE("a pair that was tried, until one of the two is another file") {
  World world;
  CHECK(world.standing().reason == "compiler-unknown");
  world.remember();
  CHECK(world.standing().reason.empty());
  CHECK(world.standing().llvm_major == 22);
  CHECK(world.standing().plugin == world.plugin);
  world.replace(world.plugin, 2'000'000'000);
  CHECK(world.standing().reason == "plugin-changed");
  world.replace(world.clang, 2'000'000'001);
  CHECK(world.standing().reason == "compiler-changed");
  world.remember();
  CHECK(world.standing().reason.empty());
}

TEST_CASE("a refusal is remembered with its words, and so is a plugin that was not there") {
  World world;
  world.remember("version mismatch");
  CHECK(world.standing().reason == "plugin-refused");
  CHECK(world.standing().refusal == "version mismatch");
  world.remember(); // tried again, with success
  CHECK(world.standing().reason.empty());
  REQUIRE(::unlink(world.plugin.c_str()) == 0);
  CHECK(world.standing().reason == "plugin-missing");
  world.remember();
  CHECK(world.standing().reason == "plugin-missing");
  REQUIRE(write_file(world.plugin, "installed later"));
  CHECK(world.standing().reason == "plugin-changed");
}

TEST_CASE("what was tried before is known again after a downgrade") {
  World world;
  world.replace(world.clang, 1'000'000'000);
  world.remember();
  world.replace(world.clang, 1'100'000'000);
  world.remember("no");
  CHECK(world.standing().reason == "plugin-refused");
  world.replace(world.clang, 1'000'000'000);
  CHECK(world.standing().reason.empty());
}

TEST_CASE("of one path the newest few are kept, and other paths' too") {
  World world;
  world.remember();
  world.clang = world.folder / "clang-19";
  REQUIRE(write_file(world.clang, "another"));
  for (time_t second = 1; second <= 40; ++second) {
    world.replace(world.clang, second);
    world.remember();
  }
  CHECK(world.standing().reason.empty());
  CHECK(world.store.probes(world.clang)->size() == 16);
  CHECK(world.store.probes(world.folder / "clang")->size() == 1);
}

TEST_CASE("a snapshot says the same, through links") {
  World world;
  REQUIRE(::symlink(world.clang.c_str(), (world.folder / "link").c_str()) == 0);
  const Probe probe = *pair_up(world.folder / "link", 22);
  CHECK(probe.compiler.path == world.clang);
  REQUIRE(write_snapshot(world.folder / "s", test_key, {}, {probe}));
  auto snapshot = Snapshot::open(world.folder / "s");
  CHECK(snapshot->standing(*identify_compiler(world.clang))->reason.empty());
  world.replace(world.clang, 2'000'000'000);
  CHECK(snapshot->standing(*identify_compiler(world.clang))->reason == "compiler-changed");
  CHECK_FALSE(identify_compiler(world.folder / "gone"));
}

TEST_CASE("a libLLVM that was built anew behind the same driver is another compiler") {
  World world;
  const std::string library = world.folder / "lib LLVM.so.22";
  REQUIRE(write_file(library, "a library"));
  Probe probe = *pair_up(world.clang, 22);
  probe.libraries = {*identify_file(library), *identify_file(world.plugin)};
  REQUIRE(world.store.remember(probe));
  REQUIRE(world.store.probes(world.clang)->front().libraries.size() == 2);
  CHECK(world.standing().reason.empty());
  world.replace(library, 2'000'000'000);
  CHECK(world.standing().reason == "compiler-changed");
  probe.libraries.front() = *identify_file(library);
  REQUIRE(world.store.remember(probe));
  CHECK(world.standing().reason.empty());
  REQUIRE(::unlink(library.c_str()) == 0);
  CHECK(world.standing().reason == "compiler-changed");
}
