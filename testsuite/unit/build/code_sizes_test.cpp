// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build/code_sizes.h"

#include "build/elf.h"
#include "tree.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("functions of the evidence get their size in the object, others none") {
  Tree tree;
  tree.write("a.c", "int f(int x) { return x * 7; }\n");
  tree.run("clang-22 -O2 -c a.c");
  const std::string object = tree.path("a.o"), evidence = tree.path("evidence");
  tree.write("evidence", "{\"function\":\"f\"}\n{\"function\":\"inlined\"}\n");
  REQUIRE(add_code_sizes(evidence, object));
  const auto size = functions(object)->front().size;
  CHECK(size > 0);
  CHECK(*read_file(evidence) == "{\"bytes\":" + std::to_string(size) +
                                    ",\"function\":\"f\"}\n{\"function\":\"inlined\"}\n");
  CHECK_FALSE(add_code_sizes(evidence, tree.path("a.c")));

  tree.write("torn", "{\"function\":\"f\"}\n{\"func");
  REQUIRE(add_code_sizes(tree.path("torn"), object));
  CHECK(*read_file(tree.path("torn")) == "{\"function\":\"f\"}\n{\"func"); // the reader's to judge
}
