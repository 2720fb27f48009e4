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

TEST_CASE("what was measured to confirm is in the report, and what is odd about it in its notes") {
  LayoutSamples one{"confirm", "train 1", 0, {}};
  for (int pair = 0; pair < 8; ++pair) {
    one.samples.pairs.push_back({1 + 0.001 * (pair % 3), pair == 5 ? 3.0 : 1 - 0.001 * (pair % 2), true});
  }
  Report report;
  report_samples({one}, report);
  CHECK(report.samples.size() == 1);
  REQUIRE(report.notes.size() == 1);
  CHECK(report.notes[0].starts_with("on train 1: 1 of the runs"));
}
