// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/sequential.h"

#include <cmath>
#include <doctest/doctest.h>
#include <random>

using namespace autopass;

namespace {

// Pairs whose log ratio is `effect` and normal noise of this deviation.
Samples drawn(std::size_t count, double effect, double deviation, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> noise(effect, deviation);
  Samples samples;
  for (std::size_t i = 0; i < count; ++i) {
    samples.pairs.push_back({std::exp(noise(random)), 1, true});
  }
  return samples;
}

// What a comparison that goes on until it is settled says in the end.
Verdict verdict_of(double effect, double deviation, std::uint64_t seed,
                   const SequentialPlan& plan) {
  const Samples all = drawn(plan.most(), effect, deviation, seed);
  Samples seen;
  for (const Pair& pair : all.pairs) {
    seen.pairs.push_back(pair);
    if (is_settled(seen, plan)) {
      break;
    }
  }
  return find(seen, plan).verdict;
}

} // namespace

TEST_CASE("a clear difference is settled at the first look, in both directions") {
  const SequentialPlan plan;
  const Samples faster = drawn(12, 0.05, 0.005, 1);
  CHECK(is_settled(faster, plan));
  CHECK(find(faster, plan).verdict == Verdict::Faster);
  CHECK(find(faster, plan).interval.low > 1);
  CHECK(find(drawn(12, -0.05, 0.005, 1), plan).verdict == Verdict::Slower);
}

TEST_CASE("nothing is settled between two looks, or with fewer pairs than a claim needs") {
  const SequentialPlan plan;
  CHECK_FALSE(is_settled(drawn(11, 0.05, 0.005, 1), plan));
  CHECK_FALSE(is_settled(drawn(13, 0.05, 0.005, 1), plan));
  CHECK(find(drawn(5, 0.5, 0.001, 1), plan).verdict == Verdict::NoDifference);
  CHECK(find(drawn(5, 0.5, 0.001, 1), plan).interval.low == 0);
}

TEST_CASE("equals that are known to be equal need no more pairs") {
  const SequentialPlan plan;
  const Samples equal = drawn(12, 0, 0.001, 3);
  CHECK(is_settled(equal, plan));
  CHECK(find(equal, plan).verdict == Verdict::NoDifference);
  CHECK_FALSE(is_settled(drawn(12, 0, 0.05, 3), plan));
}

TEST_CASE("comparisons of equals seldom make a claim, over all looks together") {
  const SequentialPlan plan;
  int claims = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    claims += verdict_of(0, 0.02, seed, plan) != Verdict::NoDifference ? 1 : 0;
  }
  CHECK(claims <= 8); // one percent are 4; without sharing out, the looks would make some 20
}

TEST_CASE("one percent is seen through noise of one percent in nine of ten comparisons") {
  const SequentialPlan plan;
  int seen = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    seen += verdict_of(-0.01, 0.01, seed, plan) == Verdict::Slower ? 1 : 0;
  }
  CHECK(seen >= 95);
}
