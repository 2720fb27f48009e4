// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/confirm.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("a noisy machine gets more pairs, within limits") {
  const auto wanted = [](double spread_percent) {
    Noise noise;
    noise.spread_percent = spread_percent;
    return pairs_wanted(noise);
  };
  CHECK(wanted(0.2) == 3);
  CHECK(wanted(1.3) == 6); // 1.95 % a pair: 24 pairs for 0.4 %, six in each of four layouts
  CHECK(wanted(10) == 8);
}
