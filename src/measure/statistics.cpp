// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The signed-rank test, its interval, and Holm's correction.
//
// Run times have a hard floor and a long upper tail, so a mean is the plaything of its worst run.
// The Hodges-Lehmann estimate (Hodges and Lehmann, Annals of Mathematical Statistics 34, 1963) is
// the median of the Walsh averages (x_i + x_j) / 2, i <= j: it keeps 95 % of the mean's precision
// on normal data and a bounded error when up to 29 % of the samples are wild.
//
// Its interval inverts the Wilcoxon signed-rank test (Hollander and Wolfe, Nonparametric
// Statistical Methods, section 3.3). Under a shift d the test's statistic T is the number of Walsh
// averages above d, and T is distributed as the sum of those ranks 1..n that win a fair coin toss.
// So, with N Walsh averages in order and k the largest number with P(T <= k - 1) <= (1 - level) /
// 2, the interval runs from the k-th smallest to the k-th largest.
//
//   Example: samples 1 2 3 4 5 6, level 0.95. P(T <= 0) = 1/64 and P(T <= 1) = 2/64, so k = 1 and
//   the interval is [1, 6]. With 5 samples P(T <= 0) = 1/32 is above 0.025: there is no interval.
//
// Groups (one for each code layout): T is the sum of the groups' statistics, so ranks and Walsh
// averages stay within a group, and coins are tossed for the ranks 1..n_g of each group. This is
// the stratified form of the same test; two groups of three pairs have the coins 1 2 3 1 2 3.
//
// Invariant: the interval excludes 1 exactly when p_value() is at most 1 - level (no ties).
// Cost: O(n^2) Walsh averages and O(n^3) additions for the distribution, 30 us at 25 pairs.
#include "statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace autopass {
namespace {

// Distribution of the sum of those `weights` that win a fair coin toss; entry s is P(sum = s).
std::vector<double> coin_sums(const std::vector<std::size_t>& weights) {
  const std::size_t total = std::accumulate(weights.begin(), weights.end(), std::size_t{0});
  std::vector<double> chance(total + 1, 0.0);
  chance[0] = 1;
  std::size_t reached = 0;
  for (const std::size_t weight : weights) {
    reached += weight;
    for (std::size_t sum = reached + 1; sum-- > 0;) { // downwards, so that each weight counts once
      const double with = sum >= weight ? chance[sum - weight] : 0;
      chance[sum] = 0.5 * (chance[sum] + with);
    }
  }
  return chance;
}

// The largest k with P(T <= k - 1) <= tail.
std::size_t outermost(const std::vector<double>& chance, double tail) {
  constexpr double rounding = 1e-12; // the tail may be one of the distribution's own values
  double below = 0;
  std::size_t k = 0;
  while (k < chance.size() && below + chance[k] <= tail + rounding) {
    below += chance[k++];
  }
  return k;
}

void append_walsh_averages(const std::vector<double>& samples, std::vector<double>& averages) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    for (std::size_t j = i; j < samples.size(); ++j) {
      averages.push_back((samples[i] + samples[j]) / 2);
    }
  }
}

// Signed ranks of one group, doubled so that the mean rank of a tie is a whole number.
struct DoubledRanks {
  std::vector<std::size_t> all;
  std::size_t positive = 0; // their sum over the samples above zero
};

DoubledRanks rank(std::vector<double> samples) {
  std::erase(samples, 0.0);
  std::sort(samples.begin(), samples.end(),
            [](double a, double b) { return std::abs(a) < std::abs(b); });
  DoubledRanks ranks;
  for (std::size_t first = 0, last = 0; first < samples.size(); first = last) {
    while (last < samples.size() && std::abs(samples[last]) == std::abs(samples[first])) {
      ++last;
    }
    for (std::size_t i = first; i < last; ++i) {
      ranks.all.push_back(first + 1 + last);
      ranks.positive += samples[i] > 0 ? first + 1 + last : 0;
    }
  }
  return ranks;
}

} // namespace

std::vector<double> Samples::log_ratios() const {
  std::vector<double> ratios;
  for (const Pair& pair : pairs) {
    ratios.push_back(std::log(pair.baseline / pair.candidate));
  }
  return ratios;
}

Interval interval(const std::vector<double>& log_ratios, double level) {
  return interval_of_groups({log_ratios}, level);
}

Interval interval_of_groups(const std::vector<std::vector<double>>& groups, double level) {
  assert(level > 0 && level < 1);
  std::vector<double> averages;
  std::vector<std::size_t> coins;
  Interval result;
  for (const auto& group : groups) {
    append_walsh_averages(group, averages);
    for (std::size_t rank = 1; rank <= group.size(); ++rank) {
      coins.push_back(rank);
    }
    result.pairs += group.size();
  }
  result.high = std::numeric_limits<double>::infinity();
  if (averages.empty()) {
    return result;
  }
  std::sort(averages.begin(), averages.end());
  const std::size_t count = averages.size();
  result.ratio = std::exp((averages[(count - 1) / 2] + averages[count / 2]) / 2);
  if (const std::size_t k = outermost(coin_sums(coins), (1 - level) / 2); k > 0) {
    result.low = std::exp(averages[k - 1]);
    result.high = std::exp(averages[count - k]);
  }
  return result;
}

double p_value(const std::vector<double>& log_ratios) {
  return p_value_of_groups({log_ratios});
}

double p_value_of_groups(const std::vector<std::vector<double>>& groups) {
  std::vector<std::size_t> coins;
  std::size_t positive = 0;
  for (const auto& group : groups) {
    const DoubledRanks ranks = rank(group);
    coins.insert(coins.end(), ranks.all.begin(), ranks.all.end());
    positive += ranks.positive;
  }
  const std::vector<double> chance = coin_sums(coins);
  const auto middle = chance.begin() + static_cast<std::ptrdiff_t>(positive);
  const double at_most = std::accumulate(chance.begin(), middle + 1, 0.0);
  const double at_least = std::accumulate(middle, chance.end(), 0.0);
  return std::min(1.0, 2 * std::min(at_most, at_least));
}

double median(std::vector<double> values) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

} // namespace autopass
