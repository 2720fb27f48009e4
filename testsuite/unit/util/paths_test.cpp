// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "util/paths.h"

#include "util/file.h"

#include <cstdlib>
#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("paths are cut and joined by their text alone") {
  CHECK(parent("/a/b") == "/a");
  CHECK(parent("/a") == "/");
  CHECK(parent("b") == ".");
  CHECK(base_name("/a/b") == "b");
  CHECK(base_name("b") == "b");
  CHECK(absolute("../x/./y", "/a/b") == "/a/x/y");
  CHECK(absolute("/x", "/a") == "/x");
  CHECK(absolute("/x//y/", "/a") == "/x/y");
  CHECK(absolute("../../../x", "/a/b") == "/x");
  CHECK(absolute(".", "/a") == "/a");
  CHECK(absolute("..", "/a") == "/");
  CHECK(absolute("../x", "a") == "x");
  CHECK(absolute("../../x", "a") == "../x");
  CHECK(absolute("x", "") == "x");
}

TEST_CASE("XDG variables count when they are absolute, else $HOME, else nothing") {
  ::setenv("HOME", "/home/u", 1);
  ::setenv("XDG_DATA_HOME", "/data", 1);
  CHECK(data_folder() == "/data/autopass");
  ::setenv("XDG_DATA_HOME", "relative", 1);
  CHECK(data_folder() == "/home/u/.local/share/autopass");
  CHECK(plans_path() == "/home/u/.local/share/autopass/plans.db");
  ::unsetenv("XDG_DATA_HOME");
  ::unsetenv("HOME");
  CHECK(data_folder().empty());
  CHECK(plans_path().empty());
  ::setenv("AUTOPASS_PLANS", "/p", 1);
  CHECK(snapshot_path() == "/p");
  ::unsetenv("AUTOPASS_PLANS");
}

TEST_CASE("the plugin is found in the chosen library folder, or not at all") {
  const auto folder = ScratchFolder::create("paths-test").value();
  ::setenv("AUTOPASS_LIBDIR", folder.path().c_str(), 1);
  CHECK(plugin_path(22).empty());
  REQUIRE(write_file(folder.path() + "/autopass-pass-22.so", ""));
  CHECK(plugin_path(22) == folder.path() + "/autopass-pass-22.so");
  CHECK(plugin_path(21).empty());
  ::unsetenv("AUTOPASS_LIBDIR");
}

TEST_CASE("we know our own file") {
  CHECK(base_name(self_path()) == "util_test");
}
