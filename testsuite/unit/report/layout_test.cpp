// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/layout.h"

#include "util/text.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("wrapped keeps within the width and indents what follows") {
  std::string words;
  for (int i = 0; i < 40; ++i) {
    words += "abcdefg ";
  }
  const auto lines = split(wrapped("  - ", words), '\n');
  REQUIRE(lines.size() == 6);
  CHECK(lines[0].starts_with("  - abcdefg"));
  CHECK(lines[1].starts_with("    abcdefg"));
  for (const auto& line : lines) {
    CHECK(line.size() <= text_width);
  }
}

TEST_CASE("a word longer than a line stands alone") {
  const std::string word(100, 'x');
  CHECK(wrapped("> ", "a " + word + " b") == "> a\n  " + word + "\n  b\n");
  CHECK(wrapped("> ", "") == "> \n");
}

TEST_CASE("escape sequences from outside do not reach the terminal") {
  CHECK(printable("a\033[31mb\n") == "a?[31mb?");
}

TEST_CASE("durations read well at every size") {
  CHECK(duration(0.82) == "0.82 s");
  CHECK(duration(41.4) == "41 s");
  CHECK(duration(187) == "3 min 07 s");
  CHECK(duration(3725) == "1 h 02 min");
}
