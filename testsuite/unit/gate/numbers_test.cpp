// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gate/numbers.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("numbers with a point or an exponent may differ a little, the rest of a text may not") {
  const auto same = [](const char* expected, const char* found) {
    return numbers_differ(expected, found, 1e-6).empty();
  };
  CHECK(same("", ""));
  CHECK(same("energy -1.00000002e+02, 3 of 4\n", "energy -1.00000001e+02, 3 of 4\n"));
  CHECK(same("1", "1.0000001")); // printed with %g
  CHECK(same("(2.5,+3.5)", "(2.5000001,3.5)"));
  CHECK(same(".5", "0.5000001"));
  CHECK(same("0.0", "-0.0"));
  CHECK(same("x1.5", "x1.5"));
  CHECK_FALSE(same("1.00001", "1.00003"));
  CHECK_FALSE(same("1000000", "1000001")); // counts
  CHECK_FALSE(same("Matches: 48219377.", "Matches: 48219376.")); // a sentence ends there
  CHECK_FALSE(same("48219377.\n", "48219376.\n"));
  CHECK(same("It is 1.00000001.", "It is 1.00000002."));
  CHECK_FALSE(same("12345678901234567890", "12345678901234567891"));
  CHECK_FALSE(same("0e12ab", "0e34ab")); // a hash
  CHECK_FALSE(same("x1000001.0", "x1000001.5")); // a name
  CHECK_FALSE(same("0.0", "0.0000000001"));
  CHECK_FALSE(same("1.5", "-1.5"));
  CHECK_FALSE(same("1.5", "1.5 "));
  CHECK_FALSE(same("1.5\n", "1.5"));
  CHECK_FALSE(same("nan", "inf"));
  CHECK_FALSE(same("1.5", "nan"));
  CHECK_FALSE(same("1e999", "1e998"));
}

TEST_CASE("the first difference is named with its line") {
  CHECK(numbers_differ("a\nb 1.25 c\n", "a\nb 1.5 c\n", 0.01) == "line 2: 1.5, expected 1.25");
  CHECK(numbers_differ("a\n", "a\nb\n", 0) == "line 2: b, expected its end");
}
