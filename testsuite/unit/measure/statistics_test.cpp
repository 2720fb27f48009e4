// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/statistics.h"

#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <numeric>
#include <random>

using namespace autopass;

namespace {

// Hamilton and White's depression scores, Hollander and Wolfe's example 3.1: before minus after.
const std::vector<double> depression{0.952, -0.147, 1.022,  0.430, 0.620,
                                     0.590, 0.490,  -0.080, 0.010};

// The interval's order statistics for n samples without ties: the k of "k-th smallest".
std::size_t k_of(std::size_t n, double level) {
  std::vector<double> samples, averages;
  for (std::size_t i = 0; i < n; ++i) {
    samples.push_back(std::pow(1.1, static_cast<double>(i)) / 10); // no two averages alike
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) {
      averages.push_back((samples[i] + samples[j]) / 2);
    }
  }
  std::sort(averages.begin(), averages.end());
  const double low = std::log(interval(samples, level).low);
  for (std::size_t k = 1; k <= averages.size(); ++k) {
    if (std::abs(averages[k - 1] - low) < 1e-9) {
      return k;
    }
  }
  return 0;
}

enum class NoiseKind { Normal, HeavyTailed, Outliers, Skewed };

double draw(NoiseKind noise, std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  switch (noise) {
  case NoiseKind::Normal:
    return normal(random);
  case NoiseKind::HeavyTailed: // Cauchy
    return normal(random) / normal(random);
  case NoiseKind::Outliers: // one run in ten is far off
    return normal(random) * (random() % 10 == 0 ? 30 : 1);
  case NoiseKind::Skewed: // a difference of two long-tailed run times is symmetric again
    return std::exp(normal(random)) - std::exp(normal(random));
  }
  return 0;
}

// How often the 95 % interval holds the true shift, in 4000 trials.
double coverage(NoiseKind noise, const std::vector<std::size_t>& groups) {
  constexpr double truth = 0.03;
  std::mt19937_64 random(7);
  int held = 0;
  for (int trial = 0; trial < 4000; ++trial) {
    std::vector<std::vector<double>> samples;
    for (const std::size_t size : groups) {
      samples.emplace_back();
      for (std::size_t i = 0; i < size; ++i) {
        samples.back().push_back(truth + 0.01 * draw(noise, random));
      }
    }
    const Interval found = interval_of_groups(samples);
    held += std::log(found.low) <= truth && truth <= std::log(found.high) ? 1 : 0;
  }
  return held / 4000.0;
}

} // namespace

TEST_CASE("the textbook's example: estimate, interval and p value") {
  CHECK(std::log(interval(depression).ratio) == doctest::Approx(0.460));
  CHECK(p_value(depression) == doctest::Approx(0.0390625)); // T = 40, one-sided 0.0195
  const Interval found = interval(depression, 0.96);        // 96.1 % is what nine pairs offer
  CHECK(std::log(found.low) == doctest::Approx(0.010));
  CHECK(std::log(found.high) == doctest::Approx(0.786));
  CHECK(found.pairs == 9);
}

TEST_CASE("the critical values are those of the printed tables") {
  // Two-sided 0.05: T at most 0, 2, 3, 5, 8, 13, 25, 52, 89.
  const std::vector<std::pair<std::size_t, std::size_t>> table{
      {6, 0}, {7, 2}, {8, 3}, {9, 5}, {10, 8}, {12, 13}, {15, 25}, {20, 52}, {25, 89}};
  for (const auto& [n, critical] : table) {
    CHECK_MESSAGE(k_of(n, 0.95) == critical + 1, "n = ", n);
  }
  CHECK(k_of(3, 0.75) == 1); // 1/8 on each side, exactly
}

TEST_CASE("too few pairs for the level give no interval, but an estimate") {
  const Interval found = interval({0.1, 0.2, 0.3, 0.4, 0.5});
  CHECK(std::log(found.ratio) == doctest::Approx(0.3));
  CHECK(found.low == 0);
  CHECK(std::isinf(found.high));
  CHECK(interval({0.1, 0.2, 0.3, 0.4, 0.5, 0.6}).low == doctest::Approx(std::exp(0.1)));
  CHECK(interval({}).ratio == 1);
  CHECK(std::isinf(interval({}).high));
}

TEST_CASE("the interval covers the truth as often as it says, whatever the noise") {
  for (const NoiseKind noise : {NoiseKind::Normal, NoiseKind::HeavyTailed, NoiseKind::Outliers, NoiseKind::Skewed}) {
    // Exact levels: nine pairs 96.1 %, two groups of three 95.3 %; standard error 0.35 %.
    const double nine = coverage(noise, {9}), layouts = coverage(noise, {5, 5, 5, 5});
    CHECK_MESSAGE(nine > 0.950, "nine pairs, noise ", static_cast<int>(noise), ": ", nine);
    CHECK_MESSAGE(nine < 0.972, "nine pairs, noise ", static_cast<int>(noise), ": ", nine);
    CHECK_MESSAGE(layouts > 0.940, "layouts, noise ", static_cast<int>(noise), ": ", layouts);
    CHECK_MESSAGE(layouts < 0.965, "layouts, noise ", static_cast<int>(noise), ": ", layouts);
  }
}

TEST_CASE("one wild sample does not rule") {
  const Interval calm = interval({0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09});
  const Interval wild = interval({0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 9.0});
  CHECK(wild.ratio == doctest::Approx(calm.ratio).epsilon(0.01));
  CHECK(wild.low == doctest::Approx(calm.low).epsilon(0.01));
}

TEST_CASE("interval and test agree, also over groups") {
  std::mt19937_64 random(3);
  int found_different = 0;
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<std::vector<double>> groups(2);
    for (auto& group : groups) {
      for (int i = 0; i < 6; ++i) {
        group.push_back(0.008 + 0.01 * draw(NoiseKind::Normal, random));
      }
    }
    const Interval both = interval_of_groups(groups);
    const bool excluded = both.low > 1 || both.high < 1;
    CHECK(excluded == (p_value_of_groups(groups) <= 0.05));
    found_different += excluded ? 1 : 0;
  }
  CHECK(found_different > 100); // both answers occurred
  CHECK(found_different < 450);
}

TEST_CASE("groups are ranked apart") {
  // Three pairs in each of two groups: 5 ways of 64 to a sum of at most 2 (none, 1, 1, 2, 2, 1+1:
  // 6).
  CHECK(p_value_of_groups({{1, 2, 3}, {10, 20, 30}}) == doctest::Approx(2.0 / 64));
  CHECK(p_value_of_groups({{-1, 2, 3}, {-10, 20, 30}}) == doctest::Approx(2 * 6.0 / 64));
  // No averages across groups: over all pairs of these three the median would be 0.275.
  CHECK(interval_of_groups({{0.1}, {0.2}, {0.6}}).ratio == doctest::Approx(std::exp(0.2)));
}

TEST_CASE("ties share their rank, zeros say nothing") {
  CHECK(p_value({0, 0, 0}) == 1);
  CHECK(p_value({}) == 1);
  CHECK(p_value({1, 1, 1, 1, 1, 1, 0}) == doctest::Approx(2.0 / 64));
  CHECK(p_value({1, -1, 1, -1}) == 1);
}

TEST_CASE("mirrored samples give the mirrored interval") {
  std::vector<double> mirrored = depression;
  for (double& x : mirrored) {
    x = -x;
  }
  const Interval a = interval(depression), b = interval(mirrored);
  CHECK(a.low * b.high == doctest::Approx(1));
  CHECK(a.ratio * b.ratio == doctest::Approx(1));
  CHECK(p_value(depression) == doctest::Approx(p_value(mirrored)));
}
