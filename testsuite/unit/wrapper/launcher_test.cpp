// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/launcher.h"

#include "fixture.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <sys/stat.h>

using namespace autopass;

namespace {

struct Tools {
  TestFolder folder;
  TestVariable path{"PATH", (folder / "bin").c_str()};
  Tools() { REQUIRE(make_folders(folder / "bin")); }
  std::string program(const std::string& name) const {
    const std::string file = folder / ("bin/" + name);
    REQUIRE(write_file(file, "#!/bin/sh\n"));
    REQUIRE(::chmod(file.c_str(), 0755) == 0);
    return file;
  }
};

} // namespace

TEST_CASE("a compiler by its path or on PATH, under the name that was written") {
  const Tools tools;
  for (const char* name : {"clang", "clang-22", "clang++", "clang++-22", "x86_64-linux-gnu-clang",
                           "aarch64-linux-gnu-clang++-22.1"}) {
    CAPTURE(name);
    const std::string path = tools.program(name);
    for (const std::string& word : {path, std::string(name)}) {
      const auto launched = find_launched(word);
      REQUIRE(launched);
      CHECK(launched->path == path);
      CHECK(launched->name == word);
      CHECK_FALSE(is_other_compiler(*launched));
    }
  }
}

TEST_CASE("another compiler is launched, too, and a cc that is a link to clang is clang") {
  const Tools tools;
  for (const char* name : {"gcc", "g++-12", "cc", "x86_64-linux-gnu-gcc-12", "ccache", "nvcc"}) {
    CAPTURE(name);
    const auto launched = find_launched(tools.program(name));
    REQUIRE(launched);
    CHECK(is_other_compiler(*launched));
  }
  std::filesystem::create_symlink(tools.program("clang-22"), tools.folder / "bin/c++");
  CHECK_FALSE(is_other_compiler(*find_launched("c++")));
}

TEST_CASE("inputs and options are none, whatever their permissions are") {
  const Tools tools;
  for (const char* name : {"a.c", "clang.c", "libclang.so", "clang-22.o", "prog", "my-clang.cc"}) {
    CAPTURE(name);
    CHECK_FALSE(find_launched(tools.program(name)));
    CHECK_FALSE(find_launched(name));
  }
  CHECK_FALSE(find_launched("-c"));
  CHECK_FALSE(find_launched(""));
  CHECK_FALSE(find_launched("clang")); // no such program
  REQUIRE(make_folders(tools.folder / "clang"));
  CHECK_FALSE(find_launched(tools.folder / "clang"));
  REQUIRE(write_file(tools.folder / "cc", "int x;")); // cannot be executed
  CHECK_FALSE(find_launched(tools.folder / "cc"));
}

TEST_CASE("our own names are taken away and say nothing") {
  const Tools tools;
  const auto launched = find_launched(tools.program("autopass-clang++"));
  REQUIRE(launched);
  CHECK(launched->path.empty());
  std::filesystem::create_symlink(tools.folder / "bin/autopass-clang++", tools.folder / "clang");
  CHECK(find_launched(tools.folder / "clang")->path.empty());
}
