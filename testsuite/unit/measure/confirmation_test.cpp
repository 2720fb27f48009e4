// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/confirmation.h"

#include <cmath>
#include <doctest/doctest.h>
#include <random>
#include <utility>
#include <vector>

using namespace autopass;

namespace {

// Comparisons of true ratios, by layout, in normal noise of this deviation, however long they are to be.
class Scripted {
public:
  Scripted(std::vector<double> ratios, double deviation, std::uint64_t seed)
      : m_ratios(std::move(ratios)), m_noise(0, deviation), m_random(seed) {}
  Result<Comparison> operator()(std::size_t, std::size_t layout, const CompareOptions& options) {
    Comparison comparison;
    while (comparison.samples.pairs.size() < options.most) {
      comparison.samples.pairs.push_back({m_ratios[layout] * std::exp(m_noise(m_random)), 1, true});
    }
    comparison.interval = interval(comparison.samples.log_ratios(), options.level);
    return comparison;
  }

private:
  std::vector<double> m_ratios;
  std::normal_distribution<double> m_noise;
  std::mt19937_64 m_random;
};

Confirmation confirmation(const std::vector<double>& ratios, double deviation, std::size_t pairs,
                          std::uint64_t seed) {
  const ConfirmPlan plan{"", {"train 1"}, {}, 1, pairs};
  return confirm_in_layouts(plan, Scripted(ratios, deviation, seed), [](double) {}).value();
}

int confirmed(double ratio, double deviation, std::size_t pairs, std::uint64_t sessions) {
  int held = 0;
  for (std::uint64_t seed = 0; seed < sessions; ++seed) {
    held += confirmation(std::vector<double>(confirm_layouts, ratio), deviation, pairs, seed).holds;
  }
  return held;
}

} // namespace

TEST_CASE("sessions of equals seldom confirm anything, however noisy they are") {
  CHECK(confirmed(1, 0.03, 8, 2000) <= 20); // at the level of 95 % alone it would be some 30
}

TEST_CASE("a gain of three percent is confirmed through noise of two percent a pair") {
  CHECK(confirmed(1.03, 0.02, 8, 100) >= 90);
}

TEST_CASE("what one layout gains and the others hardly do is no gain of the code") {
  CHECK(confirmation({1.034, 1.005, 1.004, 1.006}, 0.001, 8, 1).why_not.starts_with("layouts differ too much"));
  CHECK(confirmation({1.034, 1.025, 1.028, 1.022}, 0.001, 8, 1).holds);
}

TEST_CASE("a noisy machine gets more pairs, within limits") {
  const auto wanted = [](double spread_percent) {
    Noise noise;
    noise.spread_percent = spread_percent;
    return pairs_wanted(noise);
  };
  CHECK(wanted(0.2) == 3);
  CHECK(wanted(1.3) == 6); // 1.95 % a pair: 24 pairs for 0.4 %, six in each of four layouts
  CHECK(wanted(10) == 24);
}

TEST_CASE("a small loss that is certain refuses a candidate, although one layout gains") {
  const std::vector<double> small_loss = {-0.004, -0.0035, -0.003, -0.0025, -0.002};
  const std::vector<double> gain = {0.0005, 0.001, -0.0005, 0.0008, 0.0006};
  CHECK(loses_alone("holdout 1", {small_loss, small_loss, small_loss, gain})
            .starts_with("loses on holdout 1: 0.997 [0.997, "));
  CHECK(loses_alone("holdout 1", {gain, gain, gain, small_loss}).empty());
}

TEST_CASE("a loss in the layout that the next build has is not made good by others") {
  const std::vector<double> loss = {-0.008, -0.006, -0.01}, gain = {0.02, 0.021, 0.019};
  CHECK(loses_alone("holdout 1", {loss, gain, gain, gain}) == "loses on holdout 1 in the layout that builds have: 0.992");
  CHECK(loses_alone("holdout 1", {gain, loss, gain, gain}).empty());
}

TEST_CASE("a loss that is uncertain but large refuses it too") {
  const std::vector<double> wide = {-0.03, 0.015, -0.01};
  CHECK(loses_alone("train 2", {wide, wide, wide, wide}).starts_with("loses on train 2"));
}

TEST_CASE("what is too noisy to exclude a loss refuses it") {
  const std::vector<double> wide{0.08, -0.08, 0.09, -0.085}, narrow{0.02, -0.02, 0.02, -0.018};
  CHECK(loses_alone("holdout 1", {wide, wide, wide, wide}).starts_with("may lose on holdout 1"));
  CHECK(loses_alone("holdout 1", {narrow, narrow, narrow, narrow}).empty());
}
