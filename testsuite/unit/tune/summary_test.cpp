// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/summary.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

BuiltTarget target(const std::vector<std::vector<std::string>>& options) {
  BuiltTarget target;
  for (const auto& words : options) {
    Unit unit;
    unit.compile.argv = words;
    target.units.push_back(unit);
  }
  return target;
}

} // namespace

TEST_CASE("a program at a low level is said to be one, by the last option of each compile") {
  const std::vector<std::string> low = {"clang", "-O2", "-c", "a.c", "-O1"}, high = {"clang", "-Og", "-O2", "-c", "b.c"},
                                 none = {"clang", "-c", "c.c", "-o", "-O1.o"};
  CHECK(low_level(target({low, {"clang", "-O"}, high})).starts_with("2 of 3 files are compiled at -O1"));
  CHECK(low_level(target({low, high})).empty());
  CHECK(low_level(target({high, none})).empty());
  CHECK(low_level(target({})).empty());
}
