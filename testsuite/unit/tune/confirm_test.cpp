// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/confirm.h"

#include "measured.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

// Of each layout, so many that the interval of the runs is narrower than what the layouts span.
constexpr std::size_t pairs = 8;

const Candidate candidate{{unroll(1, 4)}};
const Claim claim{candidate, {}, "confirm", 1, pairs};

Result<Confirmation> confirmed(Measured& measured) {
  return confirm(measured.harness, measured.journal, claim, [](double) {});
}

void say(Measured& measured, const std::string& workload, const std::vector<double>& ratios) {
  measured.say(claim, workload, ratios);
}

} // namespace

TEST_CASE("a gain in every layout and no loss on the holdout is confirmed, as wide as the layouts") {
  Measured measured;
  say(measured, "train 1", {1.05, 1.03, 1.09, 1.06});
  say(measured, "holdout 1", {1.02, 0.999, 1.01, 1.0});
  const auto confirmation = confirmed(measured).value();
  CHECK(confirmation.holds);
  CHECK(confirmation.train.low < 1.031);
  CHECK(confirmation.train.high >= 1.09);
  CHECK(confirmation.workloads.size() == 2);
}

TEST_CASE("the first train layout without a gain ends it: nothing after it is measured") {
  Measured measured;
  say(measured, "train 1", {1.05, 0.99});
  const auto confirmation = confirmed(measured);
  REQUIRE(confirmation);
  CHECK_FALSE(confirmation->holds);
  CHECK(confirmation->why_not.starts_with("on fresh runs no gain in layout 1: 0.990"));
}

TEST_CASE("a gain that is certain and tiny is not worth a plan") {
  Measured measured;
  say(measured, "train 1", {1.004, 1.004, 1.004, 1.004});
  CHECK(confirmed(measured).value().why_not.ends_with("is not worth a plan"));
}

TEST_CASE("a holdout that loses refuses what train has gained") {
  Measured measured;
  say(measured, "train 1", {1.05, 1.05, 1.05, 1.05});
  say(measured, "holdout 1", {0.98, 0.98, 0.98, 0.98});
  CHECK(confirmed(measured).value().why_not.starts_with("loses on holdout 1"));
}

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
