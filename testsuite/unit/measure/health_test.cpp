// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/health.h"

#include <doctest/doctest.h>
#include <random>

using namespace autopass;

namespace {

Samples runs(std::size_t count, double drift_for_each, double seconds = 1, std::uint64_t seed = 7) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> noise(1, 0.01);
  Samples samples;
  for (std::size_t i = 0; i < count; ++i) {
    const double now = seconds * (1 + drift_for_each * static_cast<double>(i));
    samples.pairs.push_back({now * noise(random), now * noise(random), true});
  }
  return samples;
}

// A workload in four layouts, of which each is 10 % slower than the one before.
std::vector<LayoutSamples> confirmed(std::size_t pairs, double drift_for_each, std::uint64_t seed = 7) {
  std::vector<LayoutSamples> all;
  for (std::size_t layout = 0; layout < 4; ++layout) {
    const double seconds = 1 + 0.1 * static_cast<double>(layout);
    all.push_back({"confirm", "train 1", layout, runs(pairs, drift_for_each, seconds, 4 * seed + layout)});
  }
  return all;
}

bool advises(const Samples& samples, const char* word) {
  for (const auto& sentence : advice(health_of(samples))) {
    if (sentence.find(word) != std::string::npos) {
      return true;
    }
  }
  return false;
}

} // namespace

TEST_CASE("a calm series needs no advice") {
  const SampleHealth health = health_of(runs(24, 0));
  CHECK(health.seconds == doctest::Approx(1).epsilon(0.02));
  CHECK(health.spread_percent > 0.5);
  CHECK(health.spread_percent < 3);
  CHECK(health.outliers == 0);
  CHECK_FALSE(health.drifts);
  CHECK(advice(health).empty());
}

TEST_CASE("outliers are counted, and change neither median nor spread") {
  Samples samples = runs(24, 0);
  samples.pairs[3].baseline = 5;
  samples.pairs[9].candidate = 0.2;
  const SampleHealth health = health_of(samples);
  CHECK(health.outliers == 2);
  CHECK(health.seconds == doctest::Approx(1).epsilon(0.02));
  CHECK(health.spread_percent < 3);
  CHECK(advises(samples, "count like all others"));
}

TEST_CASE("a drift of both sides is seen, with its size") {
  const Samples samples = runs(24, 0.002);
  const SampleHealth health = health_of(samples);
  CHECK(health.drifts);
  CHECK(health.drift_percent == doctest::Approx(4.5).epsilon(0.3));
  CHECK(advises(samples, "slower while"));
  CHECK(advises(runs(24, -0.002), "faster while"));
}

TEST_CASE("short and noisy commands are told what to do") {
  CHECK(advises(runs(12, 0, 0.003), "too short: 3.0 ms"));
  Samples noisy = runs(12, 0);
  for (std::size_t i = 0; i < noisy.pairs.size(); ++i) {
    noisy.pairs[i].baseline *= i % 2 == 0 ? 1.2 : 0.9;
  }
  CHECK(advises(noisy, "noisy"));
  CHECK(health_of(Samples()).seconds == 0);
}

TEST_CASE("few runs in each of several layouts are seldom called odd, and what layouts differ by never") {
  int told = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    told += oddities(confirmed(3, 0, seed)).empty() ? 0 : 1;
  }
  CHECK(told < 100); // of absolute deviations it would be some 400
}

TEST_CASE("an outlier in one layout is told, with its workload, and left where it is") {
  auto samples = confirmed(3, 0, 2);
  REQUIRE(oddities(samples).empty());
  samples[2].samples.pairs[1].candidate *= 1.5;
  samples.push_back({"confirm", "holdout 1", 0, runs(6, 0)});
  const auto told = oddities(samples);
  REQUIRE(told.size() == 1);
  CHECK(told[0].starts_with("on train 1: 1 of the runs took much longer"));
}

TEST_CASE("a drift within every layout is one, though each has few pairs") {
  const auto told = oddities(confirmed(5, 0.02));
  REQUIRE_FALSE(told.empty());
  CHECK(told.back().find("slower while they were measured") != std::string::npos);
}
