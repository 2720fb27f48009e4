// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gate/numbers.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("numbers with a point or an exponent may differ a little, the rest of a text may not") {
  const auto same = [](const char* expected, const char* found) {
    return numbers_differ(expected, found, Tolerance::parse("1e-6").value()).empty();
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
  CHECK(numbers_differ("a\nb 1.25 c\n", "a\nb 1.5 c\n", Tolerance::parse("0.01").value()) == "line 2: 1.5, expected 1.25");
  CHECK(numbers_differ("a\n", "a\nb\n", Tolerance()) == "line 2: b, expected its end");
}

TEST_CASE("a field has a tolerance of its own, by the word in front or by its column") {
  const auto same = [](const char* expected, const char* found) {
    return numbers_differ(expected, found, Tolerance::parse("1e-6, energy=1e-2, 3=0.1, max_x2=0").value()).empty();
  };
  CHECK(same("energy: 1.00 2.00\n", "energy: 1.01 2.01\n"));
  CHECK_FALSE(same("energy: 1.00\n", "energy: 1.05\n"));
  CHECK_FALSE(same("energy: 1.00 heat 2.00\n", "energy: 1.01 heat 2.01\n")); // another word
  CHECK_FALSE(same("energy\n1.00\n", "energy\n1.01\n"));                 // another line
  CHECK_FALSE(same("energy2: 1.00\n", "energy2: 1.01\n"));
  CHECK_FALSE(same("energy 3\n", "energy 4\n")); // counts
  CHECK(same("1.0, 2.0,\t3.0\n1.0 2.0; 3.0\n", "1.0, 2.0,\t3.2\n1.0 2.0; 3.2\n"));
  CHECK(same("1.0,,3.0\n,,3.0\n1.0 , 2.0 ; 3.0,\n  1.0  2.0  3.0", "1.0,,3.2\n,,3.2\n1.0 , 2.0 ; 3.2,\n  1.0  2.0  3.2"));
  CHECK_FALSE(same("1.0,,3.0,4.0\n", "1.0,,3.0,4.2\n"));
  CHECK_FALSE(same("1.0, 2.0, 3.0\n", "1.0, 2.1, 3.0\n"));
  CHECK_FALSE(same("a(1.0) b 3.0 4.0\n", "a(1.0) b 3.0 4.2\n"));
  CHECK_FALSE(same("1.0 max_x2=5.0000001\n", "1.0 max_x2=5.0000002\n"));
  CHECK_FALSE(same("1 2 max_x2 3.0\n", "1 2 max_x2 3.1\n")); // the word goes before the column
}

TEST_CASE("what is no tolerance is refused, with an example of one") {
  for (const char* text : {"", ",", "x", "-1", "2", "nan", "1e-9,", "0=0.1", "=0.1", "a b=0.1", "2x=0.1", "energy=", "1e-9 1e-8"}) {
    CAPTURE(text);
    REQUIRE_FALSE(Tolerance::parse(text));
    CHECK(Tolerance::parse(text).error().reason == "bad-tolerance");
  }
  CHECK(Tolerance().none());
  CHECK(Tolerance::parse("0").value().none());
  CHECK_FALSE(Tolerance::parse("0,energy=1").value().none());
}
