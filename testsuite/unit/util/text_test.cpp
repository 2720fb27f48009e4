// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "util/text.h"

#include "util/subprocess.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("splitting keeps empty parts, joining is its inverse") {
  CHECK(split("a,,b,", ',') == std::vector<std::string>{"a", "", "b", ""});
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(join(split("a,,b,", ','), ",") == "a,,b,");
  CHECK(join({}, ",").empty());
  CHECK(join({"same", "same"}, "-") == "same-same");
}

TEST_CASE("trimming takes blanks from both ends") {
  CHECK(trim(" \ta b\r\n") == "a b");
  CHECK(trim(" \n").empty());
}

TEST_CASE("a shell reads quoted words back unchanged") {
  const std::vector<std::string> words{"plain", "",     "two words", "it's",  "$HOME",
                                       "a\nb",  "\\n*", "\"q\"",     "~user", "#x"};
  const auto outcome = run({.argv = {"/bin/sh", "-c", "printf '<%s>' " + shell_join(words)}});
  std::string expected;
  for (const auto& word : words) {
    expected += "<" + word + ">";
  }
  CHECK(outcome->output == expected);
  CHECK(shell_quote("-O3") == "-O3");
}

TEST_CASE("formatting has no limit of its own") {
  CHECK(format("%.3f %s", 1.5, "x") == "1.500 x");
  CHECK(format("%s", std::string(100'000, 'x').c_str()).size() == 100'000);
}
