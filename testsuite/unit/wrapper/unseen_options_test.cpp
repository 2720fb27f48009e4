// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/unseen_options.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("configuration files are judged by their options") {
  const TestFolder folder;
  const std::string path = folder.scratch.path();
  CHECK_FALSE(has_forbidding_configuration(path, false));
  CHECK_FALSE(has_forbidding_configuration(folder / "nowhere", true));
  REQUIRE(write_file(folder / "clang.cfg", "# -flto is no option here\n-O2\n -L<CFGDIR>/lib -lm\n"));
  REQUIRE(write_file(folder / "notes.txt", "-flto"));
  CHECK_FALSE(has_forbidding_configuration(path, false));
  for (const char* text :
       {"-frecord-command-line", "-flto\n # -fno-lto\n", "-O2 \\\n  -fsanitize=address", "@more.cfg",
        "--target=x86_64-pc-windows-msvc", "-Xclang -emit-llvm", "other.c"}) {
    CAPTURE(std::string(text));
    REQUIRE(write_file(folder / "x86_64-pc-linux-gnu-clang++.cfg", text));
    CHECK(has_forbidding_configuration(path, false));
  }
}

TEST_CASE("a configuration file that chooses the linker stands against our plugin in it, and against nothing else") {
  const TestFolder folder;
  const std::string path = folder.scratch.path();
  for (const char* text : {"-B/opt/tools", "-fuse-ld=lld", "--ld-path=/opt/ld.lld", "-Wl,--thinlto-cache-dir=cache"}) {
    CAPTURE(std::string(text));
    REQUIRE(write_file(folder / "clang.cfg", text));
    CHECK_FALSE(has_forbidding_configuration(path, false));
    CHECK(has_forbidding_configuration(path, true));
  }
}

TEST_CASE("a target in the compiler's name may demand CodeView") {
  Intent intent;
  intent.compiler.name = "x86_64-pc-windows-msvc-clang";
  CHECK(forbidden_unseen(intent) == Reason::RecordCommandLine);
}
