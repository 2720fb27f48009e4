// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "util/file.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace autopass;

TEST_CASE("what was written is read back, NUL bytes and all") {
  const auto folder = ScratchFolder::create("file-test").value();
  const std::string path = folder.path() + "/a", content("x\0y\n", 4);
  REQUIRE(write_file(path, content));
  CHECK(read_file(path).value() == content);
  REQUIRE(replace_file(path, "new"));
  CHECK(read_file(path).value() == "new");
}

TEST_CASE("replacing a file leaves nothing beside it") {
  const auto folder = ScratchFolder::create("file-test").value();
  REQUIRE(replace_file(folder.path() + "/a", "1"));
  const auto entries = std::filesystem::directory_iterator(folder.path());
  CHECK(std::distance(begin(entries), end(entries)) == 1);
}

TEST_CASE("only regular files within the limit are read") {
  const auto folder = ScratchFolder::create("file-test").value();
  const std::string pipe = folder.path() + "/pipe", big = folder.path() + "/big";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  // Neither does it wait for a writer, nor does a writer who waits meet us.
  const int watch = ::inotify_init1(IN_NONBLOCK);
  REQUIRE(::inotify_add_watch(watch, pipe.c_str(), IN_OPEN) >= 0);
  CHECK_FALSE(read_file(pipe));
  char event[512];
  CHECK(::read(watch, event, sizeof event) < 0);
  ::close(watch);
  REQUIRE(write_file(big, "12345"));
  CHECK_FALSE(read_file(big, 4));
  CHECK(read_file(big, 5));
  CHECK(read_file(folder.path() + "/none").error().what.find("No such file") != std::string::npos);
}

TEST_CASE("a copy keeps the mode and overwrites") {
  const auto folder = ScratchFolder::create("file-test").value();
  const std::string from = folder.path() + "/from", to = folder.path() + "/to";
  REQUIRE(write_file(from, "program"));
  REQUIRE(write_file(to, "something longer"));
  REQUIRE(::chmod(from.c_str(), 0755) == 0);
  REQUIRE(copy_file(from, to));
  CHECK(read_file(to).value() == "program");
  CHECK(::access(to.c_str(), X_OK) == 0);
}

TEST_CASE("a scratch folder goes with its owner, and only with the last one") {
  std::string path;
  {
    auto first = ScratchFolder::create("file-test").value();
    const ScratchFolder second = std::move(first);
    path = second.path();
    REQUIRE(make_folders(path + "/a/b"));
    REQUIRE(write_file(path + "/a/b/c", "x"));
    CHECK(exists(path + "/a/b/c"));
  }
  CHECK_FALSE(exists(path));
}
