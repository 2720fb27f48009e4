// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Robust throughout, so that what is odd does not hide itself: spread is the median absolute
// deviation, scaled to the standard deviation of normal data (1.4826), and a run counts as an
// outlier at 3.5 of them (Iglewicz and Hoaglin, *How to Detect and Handle Outliers*, 1993). A drift
// is Mann's trend test (Econometrica 13, 1945) over the times of the pairs in order, its size the
// Theil and Sen slope (the median of all pairwise slopes) times the number of pairs.
#include "health.h"

#include "util/text.h"

#include <algorithm>
#include <cmath>

namespace autopass {
namespace {

constexpr double to_deviation = 1.4826;
constexpr double outlying = 3.5;
constexpr double one_in_hundred = 2.576; // standard normal, both tails

double deviation(const std::vector<double>& values, double middle) {
  std::vector<double> distances;
  for (const double value : values) {
    distances.push_back(std::abs(value - middle));
  }
  return to_deviation * median(distances);
}

std::size_t outliers_of(const std::vector<double>& values) {
  const double middle = median(values);
  // Equal but for the clock's tick: then everything else would be an outlier.
  const double unit = std::max(deviation(values, middle), middle / 1000);
  return static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [&](double value) {
    return std::abs(value - middle) > outlying * unit;
  }));
}

void find_drift(const std::vector<double>& values, double middle, SampleHealth& health) {
  const std::size_t count = values.size();
  if (count < 8 || middle <= 0) { // the normal approximation would be none
    return;
  }
  std::vector<double> slopes;
  double rising = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const double step = values[j] - values[i];
      slopes.push_back(step / static_cast<double>(j - i));
      rising += step > 0 ? 1 : step < 0 ? -1 : 0;
    }
  }
  const auto n = static_cast<double>(count);
  const double unit = std::sqrt(n * (n - 1) * (2 * n + 5) / 18);
  health.drift_percent = 100 * median(slopes) * (n - 1) / middle;
  health.drifts = std::abs(rising) > one_in_hundred * unit + 1;
}

} // namespace

SampleHealth health_of(const Samples& samples) {
  std::vector<double> baseline, candidate, pairs, all;
  for (const Pair& pair : samples.pairs) {
    baseline.push_back(pair.baseline);
    candidate.push_back(pair.candidate);
    pairs.push_back((pair.baseline + pair.candidate) / 2);
    all.insert(all.end(), {pair.baseline, pair.candidate});
  }
  SampleHealth health;
  health.seconds = median(all);
  const std::vector<double> ratios = samples.log_ratios();
  health.spread_percent = 100 * deviation(ratios, median(ratios));
  health.outliers = outliers_of(baseline) + outliers_of(candidate);
  find_drift(pairs, median(pairs), health);
  return health;
}

std::vector<std::string> advice(const SampleHealth& health) {
  std::vector<std::string> sentences;
  if (health.seconds < 0.02) {
    sentences.push_back(format("too short: %.1f ms, most of it the start of a process; repeat the "
                               "work inside the program, 0.3 to 3 s is best",
                               health.seconds * 1000));
  }
  if (health.spread_percent > 5) {
    sentences.push_back(
        format("noisy: a pair varies by %.1f %%; close what else runs, or give more "
               "time with --time",
               health.spread_percent));
  }
  if (health.outliers > 0) {
    sentences.push_back(
        format("%zu of the runs took much longer or shorter than the others; they count "
               "like all others",
               health.outliers));
  }
  if (health.drifts && std::abs(health.drift_percent) > 1) {
    sentences.push_back(
        format("both got %.1f %% %s while they were measured: the machine's clock, or a "
               "cache that fills",
               std::abs(health.drift_percent), health.drift_percent > 0 ? "slower" : "faster"));
  }
  return sentences;
}

} // namespace autopass
