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

TEST_CASE("the file decides: compilers of any name, and programs that start one") {
  const Tools tools;
  for (const char* name : {"mpicc", "nvc", "emcc", "c99", "afl-clang-fast", "cc.sh", "gcc-12.2"}) {
    CAPTURE(name);
    const std::string path = tools.program(name);
    REQUIRE(find_launched(path));
    REQUIRE(find_launched(name));
    CHECK(find_launched(name)->path == path);
    CHECK(find_launched(name)->name == name);
  }
  CHECK(find_launched("/proc/self/exe")->path.empty()); // an ELF executable: this process is "us"
  CHECK(find_launched("/usr/bin/env")->path == "/usr/bin/env");
  CHECK(is_other_compiler(*find_launched(tools.program("clang-cl"))));
  CHECK(is_other_compiler(*find_launched(tools.program("clang-cpp-22"))));
}

TEST_CASE("inputs and options are none, whatever their permissions are") {
  const Tools tools;
  for (const char* name : {"a.c", "clang.c", "libclang.so", "clang-22.o", "x.so.6", "clang.cc"}) {
    CAPTURE(name);
    CHECK_FALSE(find_launched(tools.program(name)));
    CHECK_FALSE(find_launched(name));
  }
  CHECK_FALSE(find_launched("-c"));
  CHECK_FALSE(find_launched("@response"));
  CHECK_FALSE(find_launched(""));
  CHECK_FALSE(find_launched("clang")); // no such program
  REQUIRE(make_folders(tools.folder / "clang"));
  CHECK_FALSE(find_launched(tools.folder / "clang"));
  REQUIRE(write_file(tools.folder / "cc", "#!/bin/sh\n")); // cannot be executed
  CHECK_FALSE(find_launched(tools.folder / "cc"));
  for (const char* content : {"", "#", "INPUT(a.o)", "!<arch>\n", "\x7f" "ELF"}) {
    const std::string file = tools.program("input");
    REQUIRE(write_file(file, content));
    CHECK_FALSE(find_launched(file));
  }
}

TEST_CASE("a file of that name here is an input, unless it is the program or has clang's name") {
  const Tools tools;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(tools.folder.scratch.path());
  tools.program("main");
  tools.program("clang-22");
  CHECK(find_launched("main"));
  REQUIRE(write_file("main", "object"));
  REQUIRE(write_file("clang-22", "object"));
  CHECK_FALSE(find_launched("main"));
  CHECK(find_launched("clang-22"));
  std::filesystem::current_path(tools.folder / "bin");
  CHECK(find_launched("main"));
  std::filesystem::current_path(before);
}

TEST_CASE("our own names are taken away and say nothing") {
  const Tools tools;
  const auto launched = find_launched(tools.program("autopass-clang++"));
  REQUIRE(launched);
  CHECK(launched->path.empty());
  std::filesystem::create_symlink(tools.folder / "bin/autopass-clang++", tools.folder / "clang");
  CHECK(find_launched(tools.folder / "clang")->path.empty());
}
