// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/unseen_options.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("configuration files are judged by their options") {
  const TestFolder folder;
  const std::string path = folder.scratch.path();
  CHECK_FALSE(has_forbidding_configuration(path));
  CHECK_FALSE(has_forbidding_configuration(folder / "nowhere"));
  REQUIRE(write_file(folder / "clang.cfg", "# -ffat-lto-objects is no option here\n-O2\n -L<CFGDIR>/lib -lm\n"));
  REQUIRE(write_file(folder / "notes.txt", "-ffat-lto-objects"));
  CHECK_FALSE(has_forbidding_configuration(path));
  for (const char* text :
       {"-frecord-command-line", "-ffat-lto-objects\n # -fno-lto\n", "-O2 \\\n  -fsanitize=address", "@more.cfg",
        "--target=x86_64-pc-windows-msvc", "-Xclang -emit-llvm", "other.c"}) {
    CAPTURE(std::string(text));
    REQUIRE(write_file(folder / "x86_64-pc-linux-gnu-clang++.cfg", text));
    CHECK(has_forbidding_configuration(path));
  }
}

TEST_CASE("a target in the compiler's name may demand CodeView") {
  Intent intent;
  intent.compiler.name = "x86_64-pc-windows-msvc-clang";
  CHECK(forbidden_unseen(intent) == Reason::RecordCommandLine);
}
