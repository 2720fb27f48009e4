// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/compiler.h"

#include "fixture.h"

#include <doctest/doctest.h>
#include <cstdlib>
#include <filesystem>
#include <sys/stat.h>

using namespace autopass;

namespace {

void program(const std::string& path) {
  REQUIRE(write_file(path, "#!/bin/sh\n"));
  REQUIRE(::chmod(path.c_str(), 0755) == 0);
}

// A home of LLVM 22 with links to it in bin/, and a plugin folder for 22 only.
struct Installation {
  TestFolder folder;
  std::string bin = folder / "bin";
  TestVariable path{"PATH", bin.c_str()};
  TestVariable plugins{"AUTOPASS_LIBDIR", (folder / "plugins").c_str()};
  TestVariable guard{"AUTOPASS_GUARD", nullptr};
  Installation() {
    for (const char* name : {"bin", "llvm", "plugins"}) {
      REQUIRE(make_folders(folder / name));
    }
    program(folder / "llvm/clang");
    link("clang", "llvm/clang++");
    link(folder / "llvm/clang", "bin/clang-22");
    link(folder / "llvm/clang++", "bin/clang++-22");
    program(folder / "bin/clang-23");
    program(folder / "bin/clang");
    REQUIRE(write_file(folder / "plugins/autopass-pass-22.so", ""));
  }
  void link(const std::string& to, const std::string& name) {
    std::filesystem::create_symlink(to, folder / name);
  }
};

} // namespace

TEST_CASE("the newest clang with a plugin, under the name that found it") {
  const Installation here;
  const Compiler c = find_compiler(false, "");
  CHECK(c.path == here.bin + "/clang-22");
  CHECK(c.name == "clang-22");
  CHECK(c.mode.empty());
  const Compiler cplusplus = find_compiler(true, "");
  CHECK(cplusplus.path == here.bin + "/clang++-22");
  CHECK(cplusplus.name == "clang++-22");
}

TEST_CASE("of two majors with plugins the newer, wherever it is on PATH") {
  const Installation here;
  REQUIRE(write_file(here.folder / "plugins/autopass-pass-19.so", ""));
  REQUIRE(write_file(here.folder / "plugins/autopass-pass-23.so.part", ""));
  CHECK(plugin_majors() == std::vector<int>{22, 19});
  REQUIRE(make_folders(here.folder / "first"));
  program(here.folder / "first/clang-19");
  const TestVariable path("PATH", ((here.folder / "first") + ":" + here.bin).c_str());
  CHECK(find_compiler(false, "").path == here.bin + "/clang-22");
  std::filesystem::remove(here.folder / "plugins/autopass-pass-22.so");
  CHECK(find_compiler(false, "").path == here.folder / "first/clang-19");
}

TEST_CASE("a plain clang counts as what it leads to") {
  Installation here;
  REQUIRE(write_file(here.folder / "plugins/autopass-pass-19.so", ""));
  REQUIRE(make_folders(here.folder / "llvm-19/bin"));
  REQUIRE(make_folders(here.folder / "own"));
  program(here.folder / "llvm-19/bin/clang");
  {
    const TestVariable path("PATH", ((here.folder / "llvm-19/bin") + ":" + here.bin).c_str());
    CHECK(find_compiler(false, "").name == "clang-22"); // newer
    std::filesystem::remove(here.bin + "/clang-22");
    CHECK(find_compiler(false, "").path == here.folder / "llvm-19/bin/clang"); // not clang-23
    CHECK(find_compiler(false, "").name == "clang");
  }
  program(here.folder / "own/clang-22.real"); // says nothing about its major
  here.link(here.folder / "own/clang-22.real", "own/clang");
  const TestVariable path("PATH", ((here.folder / "own") + ":" + here.bin).c_str());
  CHECK(find_compiler(false, "").name == "clang-23");
  program(here.folder / "own/clang-22");
  std::filesystem::remove(here.folder / "own/clang");
  here.link("clang-22", "own/clang");
  CHECK(find_compiler(false, "").name == "clang-22");
}

TEST_CASE("without a plugin the newest, and a plain clang at last") {
  const Installation here;
  std::filesystem::remove(here.folder / "plugins/autopass-pass-22.so");
  CHECK(find_compiler(false, "").name == "clang-23");
  std::filesystem::remove(here.bin + "/clang-23");
  std::filesystem::remove(here.bin + "/clang-22");
  CHECK(find_compiler(false, "").name == "clang");
  std::filesystem::remove(here.bin + "/clang");
  CHECK(find_compiler(false, "").path.empty());
}

TEST_CASE("the C++ driver is looked for beside the C one, then at home, then made by a mode") {
  Installation here;
  std::filesystem::remove(here.bin + "/clang++-22");
  CHECK(find_compiler(true, "").path == here.folder / "llvm/clang++");
  std::filesystem::remove(here.folder / "llvm/clang++");
  const Compiler moded = find_compiler(true, "");
  CHECK(moded.path == here.bin + "/clang-22");
  CHECK(moded.mode == std::vector<std::string>{"--driver-mode=g++"});
  // Another program that happens to have the name is not the same compiler.
  program(here.bin + "/clang++-22");
  CHECK(find_compiler(true, "").mode.size() == 1);
}

TEST_CASE("a configured compiler comes first, by name or by path") {
  const Installation here;
  CHECK(find_compiler(false, "clang-23").path == here.bin + "/clang-23");
  const std::string path = here.bin + "/clang-22";
  CHECK(find_compiler(false, path).name == path);
  CHECK(find_compiler(true, path).path == here.bin + "/clang++-22");
  CHECK(find_compiler(true, path).name == here.bin + "/clang++-22");
  CHECK(find_compiler(false, "clang-nowhere").path.empty());
}

TEST_CASE("links that lead to a wrapper are passed by, folders and texts too") {
  Installation here;
  REQUIRE(make_folders(here.folder / "first/clang"));
  program(here.folder / "autopass-clang++");
  here.link(here.folder / "autopass-clang++", "first/clang-22");
  const TestVariable path("PATH", ((here.folder / "first") + "::" + here.bin).c_str());
  CHECK(find_compiler(false, "").path == here.bin + "/clang-22");
}

TEST_CASE("in a folder that is removed the compiler is found all the same") {
  const Installation here;
  const auto before = std::filesystem::current_path();
  REQUIRE(make_folders(here.folder / "gone"));
  std::filesystem::current_path(here.folder / "gone");
  std::filesystem::remove(here.folder / "gone");
  CHECK(find_compiler(false, "").path == here.bin + "/clang-22");
  CHECK(find_compiler(false, here.bin + "/clang").path == here.bin + "/clang");
  std::filesystem::current_path(before);
}

TEST_CASE("called by a compiler's name: that compiler, further on PATH") {
  Installation here;
  for (const char* name : {"clang", "clang++-22", "aarch64-linux-gnu-clang", "cc", "c++"}) {
    CHECK(is_compiler_name(name));
  }
  for (const char* name : {"autopass-clang++", "gcc", "x86_64-linux-gnu-autopass-clang"}) {
    CHECK_FALSE(is_compiler_name(name));
  }
  REQUIRE(make_folders(here.folder / "first"));
  program(here.folder / "autopass-clang");
  here.link("../autopass-clang", "first/clang++-22");
  const TestVariable path("PATH", ((here.folder / "first") + ":" + here.bin).c_str());
  CHECK(find_namesake("clang++-22").path == here.bin + "/clang++-22");
  CHECK(find_namesake("clang++-22").name == here.bin + "/clang++-22"); // our link is before it
  CHECK(find_namesake("clang-22").name == "clang-22");
  CHECK(find_compiler(true, "").name == here.bin + "/clang++-22");
  CHECK(find_namesake("aarch64-linux-gnu-clang-22").path == here.bin + "/clang-22");
  CHECK(find_namesake("aarch64-linux-gnu-clang-22").name == "aarch64-linux-gnu-clang-22");
  CHECK(find_namesake("clang-77").path.empty());
}

TEST_CASE("our own file is passed by under any name: a hard link of it, a copy") {
  Installation here;
  REQUIRE(make_folders(here.folder / "first"));
  const std::string first = here.folder / "first/clang-22";
  const TestVariable path("PATH", ((here.folder / "first") + ":" + here.bin).c_str());
  std::filesystem::copy_file("/proc/self/exe", first);
  CHECK(is_wrapper(first));
  CHECK(find_namesake("clang-22").path == here.bin + "/clang-22");
  std::filesystem::create_hard_link(first, here.folder / "first/clang++-22");
  CHECK(find_namesake("clang++-22").path == here.bin + "/clang++-22");
  std::filesystem::resize_file(first, std::filesystem::file_size(first) - 1);
  CHECK_FALSE(is_wrapper(first));
  CHECK_FALSE(is_wrapper(here.bin + "/clang-22"));
}

TEST_CASE("another compiler behind cc is told from a clang") {
  Installation here;
  program(here.folder / "llvm/gcc");
  here.link("../llvm/gcc", "bin/cc");
  here.link("../llvm/clang", "bin/c++");
  REQUIRE(make_folders(here.folder / "first"));
  program(here.folder / "autopass-clang");
  here.link("../autopass-clang", "first/cc");
  const TestVariable path("PATH", ((here.folder / "first") + ":" + here.bin).c_str());
  CHECK_FALSE(is_other_compiler(find_namesake("c++")));
  CHECK(is_other_compiler(find_namesake("cc")));
  leave_path(find_namesake("cc"));
  CHECK(std::string(std::getenv("PATH")) == (here.folder / "first") + ":" + here.bin);
}

TEST_CASE("a cache's link goes on without folders that hold us alone, and has one turn") {
  Installation here;
  for (const char* folder : {"ours", "mixed", "cached"}) {
    REQUIRE(make_folders(here.folder / folder));
  }
  program(here.folder / "autopass-clang");
  program(here.folder / "llvm/ccache");
  program(here.folder / "mixed/tool");
  here.link("../autopass-clang", "ours/clang-22");
  here.link("../autopass-clang", "mixed/clang-22");
  here.link("../llvm/ccache", "cached/clang-22");
  const std::string rest =
      (here.folder / "mixed") + ":" + (here.folder / "cached") + ":" + here.bin;
  const TestVariable path("PATH", ((here.folder / "ours") + ":" + rest).c_str());
  const Compiler cache = find_namesake("clang-22");
  CHECK(cache.path == here.folder / "cached/clang-22");
  leave_path(cache);
  CHECK(std::getenv("PATH") == rest);
  deepen_recursion();
  CHECK(find_namesake("clang-22").path == here.bin + "/clang-22");
}

TEST_CASE("in a recursion the configured compiler is left out; PATH leads on from every depth") {
  const Installation here;
  CHECK(recursion_depth() == 0);
  const TestVariable once("AUTOPASS_GUARD", "1");
  CHECK(find_compiler(false, "clang-23").name == "clang-22");
  deepen_recursion();
  CHECK(recursion_depth() == 2);
  CHECK(find_compiler(false, "clang-23").name == "clang-22");
  CHECK(find_namesake("clang-23").name == "clang-23");
}
