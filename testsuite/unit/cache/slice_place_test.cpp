// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/slice_place.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

// Two projects side by side, none around them, and a configuration of the test's own.
struct Projects {
  TestFolder folder;
  TestVariable scope{"AUTOPASS_PROJECT", nullptr};
  TestVariable cpu{"AUTOPASS_CPU", nullptr};
  TestVariable config{"XDG_CONFIG_HOME", (folder / "config").c_str()};
  Projects() {
    for (const std::string name : {"one/src", "two", "plain", "config/autopass"}) {
      REQUIRE(make_folders(folder / name));
    }
    REQUIRE(write_file(folder / "one/.autopass.toml", "cpu = \"znver3\"\n"));
    REQUIRE(write_file(folder / "one/src/a.c", ""));
    REQUIRE(write_file(folder / "two/.autopass.toml", ""));
    REQUIRE(write_file(folder / "plain/a.c", ""));
  }
  void configure(const std::string& content) {
    REQUIRE(write_file(folder / "config/autopass/config.toml", content));
  }
};

} // namespace

TEST_CASE("the scope: the source's project, else the working folder's, else the common one") {
  Projects projects;
  const std::string two = projects.folder / "two";
  CHECK(slice_place(projects.folder / "one/src/a.c", two)->scope == "one");
  CHECK(slice_place("../one/src/a.c", two)->scope == "one");
  CHECK(slice_place(projects.folder / "plain/a.c", two)->scope == "two");
  CHECK(slice_place(projects.folder / "plain/a.c", projects.folder / "plain")->scope.empty());
  const TestVariable chosen("AUTOPASS_PROJECT", "mine");
  CHECK(slice_place(projects.folder / "plain/a.c", two)->scope == "mine");
}

TEST_CASE("the cpu: the variable's, else the project's, else the configuration's, else nobody's") {
  Projects projects;
  const std::string one = projects.folder / "one";
  const std::string two = projects.folder / "two";
  CHECK(slice_place("a.c", two)->cpu.empty());
  projects.configure("cpu = \"skylake\"\n");
  CHECK(slice_place("a.c", two)->cpu == "skylake");
  CHECK(slice_place("a.c", one)->cpu == "znver3");
  const TestVariable chosen("AUTOPASS_CPU", "znver4");
  CHECK(slice_place("a.c", two)->cpu == "znver4");
  CHECK(slice_place("a.c", one)->cpu == "znver4");
}

TEST_CASE("files that cannot be read are no answer") {
  Projects projects;
  projects.configure("cpu = \n");
  CHECK_FALSE(slice_place("a.c", projects.folder / "two"));
  CHECK(slice_place("a.c", projects.folder / "one")); // its configuration is not asked
  REQUIRE(write_file(projects.folder / "two/.autopass.toml", "project = "));
  CHECK(slice_place("a.c", projects.folder / "two").error().reason == "bad-project-file");
}
