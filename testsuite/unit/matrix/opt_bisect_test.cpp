// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "matrix/opt_bisect.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("the compiler's account of its passes is read, of those that ran") {
  const auto runs = passes_run("main.c:3:1: warning: BISECT: running\n"
                               "BISECT: running pass (1) annotation2metadata on [module]\n"
                               "BISECT: running pass (265) X86 Atom pad short functions on function (main)\n"
                               "BISECT: NOT running pass (266) x86-fixup-leas on function (main)\n"
                               "BISECT: running pass (267) cut off");
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].number == 1);
  CHECK(runs[0].pass == "annotation2metadata");
  CHECK(runs[0].on == "[module]");
  CHECK(runs[1].number == 265);
  CHECK(runs[1].pass == "X86 Atom pad short functions");
  CHECK(runs[1].on == "function (main)");
}
