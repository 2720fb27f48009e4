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

TEST_CASE("a small loss that is certain refuses a candidate, although one layout gains") {
  const std::vector<double> small_loss = {-0.004, -0.0035, -0.003, -0.0025, -0.002};
  const std::vector<double> gain = {0.0005, 0.001, -0.0005, 0.0008, 0.0006};
  CHECK(loses_alone("holdout 1", {small_loss, small_loss, small_loss, gain})
            .starts_with("loses on holdout 1: 0.997 [0.997, "));
  CHECK(loses_alone("holdout 1", {gain, gain, gain, small_loss}).empty());
}

TEST_CASE("a loss that is uncertain but large refuses it too") {
  const std::vector<double> wide = {-0.03, 0.015, -0.01};
  CHECK(loses_alone("train 2", {wide, wide, wide, wide}).starts_with("loses on train 2"));
}
