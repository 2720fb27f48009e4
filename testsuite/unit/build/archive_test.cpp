// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build/archive.h"

#include "tree.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

// Two members called util.o, one with a name of more than 15 characters.
void make_objects(const Tree& tree) {
  tree.write("a/util.c", "int one(void) { return 1; }");
  tree.write("b/util.c", "int two(void) { return 2; }");
  tree.write("c.c", "int three(void) { return 3; }");
  tree.write("main.c",
             "int one(void), two(void), three(void), printf(const char*, ...);\n"
             "int main(void) { return printf(\"%d\", one() * 100 + two() * 10 + three()) < 0; }");
  tree.run("clang-22 -c a/util.c -o a/util.o; clang-22 -c b/util.c -o b/util.o;"
           "clang-22 -c c.c -o a_name_that_is_long.o; clang-22 -c main.c");
}

constexpr const char* members = " a/util.o b/util.o a_name_that_is_long.o";

} // namespace

TEST_CASE("members are read in order, with duplicate and long names") {
  Tree tree;
  make_objects(tree);
  for (const std::string tool : {"ar qcs lib.a", "llvm-ar-22 qcs lib.a", "ar qcsT lib.a"}) {
    INFO(tool);
    tree.run("rm -f lib.a; " + tool + members);
    const auto archive = read_archive(tree.path("lib.a")).value();
    REQUIRE(archive.members.size() == 3);
    CHECK(archive.members[0].name == "util.o");
    CHECK(archive.members[1].name == "util.o");
    CHECK(archive.members[2].name == "a_name_that_is_long.o");
    CHECK(archive.members[1].content == read_file(tree.path("b/util.o")).value());
    CHECK(archive.members[2].content == read_file(tree.path("a_name_that_is_long.o")).value());
  }
}

TEST_CASE("an ordinary archive written unchanged is the same file") {
  Tree tree;
  make_objects(tree);
  tree.write("odd.txt", "odd");
  tree.run(std::string("ar qcs lib.a odd.txt") + members + " odd.txt");
  const auto archive = read_archive(tree.path("lib.a")).value();
  REQUIRE(write_archive(tree.path("copy.a"), archive, {}));
  CHECK(read_file(tree.path("copy.a")).value() == read_file(tree.path("lib.a")).value());
}

TEST_CASE("one of two members with one name is replaced, and linkers find the symbols") {
  Tree tree;
  make_objects(tree);
  tree.write("new.c", "static int pad[999] = {1}; int two(void) { return 2 + pad[1] + 5; }");
  tree.run("clang-22 -g -c new.c");
  const auto content = read_file(tree.path("new.o")).value();
  for (const std::string tool : {"ar qcs lib.a", "ar qcsT lib.a", "llvm-ar-22 qcs lib.a"}) {
    for (const std::string linker : {"bfd", "lld-22", "gold"}) {
      INFO(tool << " " << linker);
      tree.run("rm -f lib.a; " + tool + members);
      const auto archive = read_archive(tree.path("lib.a")).value();
      REQUIRE(write_archive(tree.path("copy.a"), archive, {{1, content}}));
      const auto copy = read_archive(tree.path("copy.a")).value();
      CHECK(copy.members[0].content == archive.members[0].content);
      CHECK(copy.members[1].content == content);
      CHECK(copy.members[2].content == archive.members[2].content);
      tree.run("clang-22 -fuse-ld=" + linker + " main.o copy.a -o prog; test \"$(./prog)\" = 173");
      tree.run("ar t copy.a > list; grep -c util.o list | grep -qx 2");
    }
  }
}

TEST_CASE("damaged archives are errors") {
  Tree tree;
  make_objects(tree);
  tree.run(std::string("ar qcs lib.a") + members);
  const auto whole = read_file(tree.path("lib.a")).value();
  const auto undamaged = read_archive(tree.path("lib.a")).value();
  const auto offset = undamaged.members[1].offset;
  const auto damaged = tree.path("damaged.a");
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    REQUIRE(write_file(damaged, whole.substr(0, size)));
    if (const auto archive = read_archive(damaged)) {
      // Cut where a member begins: those before it are whole.
      for (std::size_t i = 0; i < archive->members.size(); ++i) {
        CHECK(archive->members[i].content == undamaged.members[i].content);
      }
      (void)write_archive(tree.path("copy.a"), *archive, {});
    } else {
      CHECK(archive.error().reason == "malformed-archive");
    }
  }
  std::string more_symbols = whole; // than the index has room for
  more_symbols[8 + 60] = '\x7f';
  REQUIRE(write_file(damaged, more_symbols));
  CHECK(write_archive(tree.path("copy.a"), read_archive(damaged).value(), {}).error().reason ==
        "malformed-archive");
  for (std::size_t at = offset; at < offset + 60; ++at) {
    std::string bytes = whole;
    bytes[at] = '9';
    REQUIRE(write_file(damaged, bytes));
    if (const auto archive = read_archive(damaged)) {
      (void)write_archive(tree.path("copy.a"), *archive, {});
    }
  }
}
