// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/progress.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("a progress line shows the step, how far it is, and the budget running down") {
  CHECK(progress_line("search: 12 tried", 0.42, 151) == "search: 12 tried   42 %  2:31 left");
  CHECK(progress_line("confirm", 1.5, -3) == "confirm  100 %  0:00 left");
}

TEST_CASE("a progress line never wraps") {
  CHECK(progress_line(std::string(200, 'x'), 0.5, 7200).size() < 80);
}
