// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build/builder.h"

#include "util/file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace autopass;

namespace {

// Compiles with a shell script in the compiler's place.
Error compile_with(const std::string& script) {
  const auto folder = ScratchFolder::create("builder-test").value();
  const std::string compiler = folder.path() + "/clang";
  REQUIRE(write_file(compiler, "#!/bin/sh\n" + script + "\n"));
  REQUIRE(::chmod(compiler.c_str(), 0755) == 0);
  Unit unit;
  unit.source = folder.path() + "/a.c";
  unit.compile.compiler = compiler;
  unit.compile.argv = {"clang", "-c", "a.c"};
  unit.compile.folder = folder.path();
  unit.compile.inputs = {unit.source};
  const auto builder = Builder::create(folder.path(), 0.3).value();
  const auto seconds = builder.compile(unit, folder.path() + "/a.o");
  REQUIRE_FALSE(seconds);
  return seconds.error();
}

} // namespace

TEST_CASE("a compile that goes wrong says what, why, and what to try") {
  const Error failed = compile_with("echo 'a.c:1: no such thing' >&2; exit 1");
  CHECK(failed.reason == "compile-failed");
  CHECK(failed.what.find("a.c:1: no such thing") != std::string::npos);
  CHECK_FALSE(failed.next.empty());
  const Error late = compile_with("sleep 20");
  CHECK(late.reason == "compile-timeout");
  CHECK_FALSE(late.next.empty());
  const Error nothing = compile_with("exit 0");
  CHECK(nothing.reason == "compile-failed");
  CHECK(nothing.what.find("wrote no object") != std::string::npos);
  CHECK_FALSE(nothing.next.empty());
}
