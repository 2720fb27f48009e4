// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build/elf.h"

#include "build/elf_file.h"
#include "tree.h"

#include <algorithm>
#include <cstring>
#include <doctest/doctest.h>

using namespace autopass;

namespace {

constexpr const char* program = "extern int printf(const char*, ...);\n"
                                "static int twice(int x) { return x * 2; }\n"
                                "int (*volatile call)(int) = twice;\n"
                                "int main(void) { return printf(\"%d\\n\", call(21)) < 0; }\n";

} // namespace

TEST_CASE("debug information, build id and section headers do not count") {
  Tree tree;
  tree.write("a.c", program);
  for (const std::string linker : {"", " -fuse-ld=lld-22 "}) {
    tree.run("clang-22 -O2 a.c -o plain -Wl,--build-id=sha1" + linker);
    tree.run("clang-22 -O2 -g a.c -o debug -Wl,--build-id=sha1" + linker);
    tree.run("cp debug stripped; strip stripped");
    tree.run("clang-22 -O1 -fno-inline -DX -O0 a.c -o other -Wl,--build-id=sha1" + linker);
    const auto plain = loadable_digest(tree.path("plain")).value();
    CHECK(loadable_digest(tree.path("debug")).value() == plain);
    CHECK(loadable_digest(tree.path("stripped")).value() == plain);
    CHECK(loadable_digest(tree.path("other")).value() != plain);
    CHECK(first_difference(tree.path("plain"), tree.path("debug")).value().empty());
    CHECK(!first_difference(tree.path("plain"), tree.path("other")).value().empty());
  }
}

TEST_CASE("an object is its allocated sections, relocations and visible symbols") {
  Tree tree;
  tree.write("a.c", program);
  tree.run("clang-22 -O2 -c a.c -o plain.o; clang-22 -O2 -g -c a.c -o debug.o");
  const auto plain = loadable_digest(tree.path("plain.o")).value();
  CHECK(loadable_digest(tree.path("debug.o")).value() == plain);

  // Sections are numbered anew behind a debug section; what is loaded stays what it is.
  const std::string own = ".section .own,\"aw\"\n.globl x\nx: .quad x\n";
  tree.write("own.s", own);
  tree.write("shifted.s", ".section .debug_x,\"\",@progbits\n.quad 1\n" + own);
  tree.run("clang-22 -c own.s; clang-22 -c shifted.s");
  CHECK(loadable_digest(tree.path("own.o")).value() ==
        loadable_digest(tree.path("shifted.o")).value());

  tree.run("sed s/printf/sprintf/g a.c > symbol.c; clang-22 -w -O2 -c symbol.c -o symbol.o");
  CHECK(loadable_digest(tree.path("symbol.o")).value() != plain);
  tree.run("sed 's/%d/%x/' a.c > data.c; clang-22 -O2 -c data.c -o data.o");
  CHECK(loadable_digest(tree.path("data.o")).value() != plain);
  CHECK(code_digest(tree.path("data.o")).value() == code_digest(tree.path("plain.o")).value());
  CHECK(first_difference(tree.path("plain.o"), tree.path("data.o")).value() ==
        "section .rodata.str1.1");
}

TEST_CASE("functions are listed by address, stripped programs from .dynsym") {
  Tree tree;
  tree.write("a.c", program);
  tree.run("clang-22 -O2 a.c -o prog; clang-22 -O2 -shared -fPIC a.c -o lib.so; strip lib.so");
  const auto symbols = functions(tree.path("prog")).value();
  CHECK(std::is_sorted(symbols.begin(), symbols.end(),
                       [](const auto& a, const auto& b) { return a.address < b.address; }));
  const auto find = [](const std::vector<Symbol>& list, const std::string& name) {
    return std::find_if(list.begin(), list.end(), [&](const auto& s) { return s.name == name; });
  };
  REQUIRE(find(symbols, "twice") != symbols.end());
  CHECK(find(symbols, "twice")->local);
  CHECK(find(symbols, "twice")->size > 0);
  REQUIRE(find(symbols, "main") != symbols.end());
  CHECK(!find(symbols, "main")->local);
  const auto dynamic = functions(tree.path("lib.so")).value();
  CHECK(find(dynamic, "main") != dynamic.end());
  CHECK(find(dynamic, "twice") == dynamic.end());
}

TEST_CASE("kinds of files are told by content") {
  Tree tree;
  tree.write("a.c", program);
  tree.run("clang-22 -c a.c; ar rc a.a a.o; ar rcT t.a a.o; clang-22 -flto -c a.c -o lto.o; "
           "clang-22 a.o -o prog");
  CHECK(is_object(tree.path("a.o")));
  CHECK(is_object(tree.path("lto.o")));
  CHECK(!is_object(tree.path("prog")));
  CHECK(!is_object(tree.path("a.c")));
  CHECK(!is_object(tree.path("missing")));
  CHECK(is_archive(tree.path("a.a")));
  CHECK(is_archive(tree.path("t.a")));
  CHECK(!is_archive(tree.path("a.o")));
}

// Whatever is cut off or overwritten, the answer is a value or an Error, never a crash.
TEST_CASE("malformed files are errors") {
  Tree tree;
  tree.write("a.c", program);
  tree.run("clang-22 -O2 -g -ffunction-sections -c a.c -o a.o; "
           "clang-22 -O2 -fPIC a.c -o prog -nostdlib -shared");
  for (const std::string name : {"a.o", "prog"}) {
    const auto whole = read_file(tree.path(name)).value();
    REQUIRE(ElfFile::parse(whole, name));
    const auto damaged = tree.path("damaged");
    const auto try_all = [&](const std::string& bytes) {
      REQUIRE(write_file(damaged, bytes));
      (void)loadable_digest(damaged);
      (void)code_digest(damaged);
      (void)functions(damaged);
    };
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto cut = ElfFile::parse(whole.substr(0, size), name);
      // The section headers lie at the end: without them nothing is whole.
      CHECK_FALSE(cut);
      if (size % 64 == 0) {
        try_all(whole.substr(0, size));
      }
    }
    // Each 4-byte word of the headers at its worst.
    Elf64_Ehdr header;
    std::memcpy(&header, whole.data(), sizeof header);
    const auto spoil = [&](std::size_t from, std::size_t to) {
      for (std::size_t at = from; at + 4 <= to; at += 4) {
        for (const char value : {'\xff', '\x7f', '\0'}) {
          std::string bytes = whole;
          bytes.replace(at, 4, 4, value);
          try_all(bytes);
        }
      }
    };
    spoil(0, sizeof header);
    spoil(header.e_shoff, whole.size());
    if (header.e_phnum != 0) {
      spoil(header.e_phoff, header.e_phoff + header.e_phnum * sizeof(Elf64_Phdr));
    }
  }
  CHECK(ElfFile::parse("", "empty").error().reason == "not-elf");
}
