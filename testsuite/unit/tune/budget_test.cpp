// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/budget.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("what is reserved is kept from the search and not from the session") {
  Budget budget(1000);
  budget.reserve(100);
  CHECK(budget.left() == doctest::Approx(1000).epsilon(0.01));
  CHECK(budget.search_left() == doctest::Approx(900).epsilon(0.01));
}

TEST_CASE("a reserve takes half of what is left at most") {
  Budget budget(100);
  budget.reserve(1000);
  CHECK(budget.search_left() == doctest::Approx(50).epsilon(0.02));
}

TEST_CASE("a budget that is spent has nothing left, and never less") {
  const Budget budget(0);
  CHECK(budget.left() == 0);
  CHECK(budget.search_left() == 0);
}
