// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Robust throughout, so that what is odd does not hide itself. A pair's spread is the median absolute deviation, scaled
// to the standard deviation of normal data (1.4826). A run counts as an outlier at 3.5 standard deviations (Iglewicz
// and Hoaglin, *How to Detect and Handle Outliers*, 1993), estimated by the median distance of two runs of a series
// (Shamos; Rousseeuw and Croux, *JASA* 88, 1993): a session may have no more than three runs in each of four layouts,
// and of three one is the median itself. By absolute deviations four of five calm sessions would be told of
// outliers, by distances it is one in seven. A drift is Mann's trend test (*Econometrica* 13, 1945) over the times of
// the pairs in order, added up over the series (Hirsch, Slack and Smith, *Water Resources Research* 18, 1982), its size
// the Theil and Sen slope (the median of all pairwise slopes) times the number of pairs in the longest.
#include "health.h"

#include "util/text.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace autopass {
namespace {

constexpr double to_deviation = 1.4826;
constexpr double outlying = 3.5;
constexpr double one_in_hundred = 2.576; // standard normal, both tails

// By series, all of one kind: times of one side, means of pairs, log ratios.
using Groups = std::vector<std::vector<double>>;

double deviation(const Groups& groups) {
  std::vector<double> distances;
  for (const auto& values : groups) {
    const double middle = median(values);
    for (const double value : values) {
      distances.push_back(std::abs(value - middle));
    }
  }
  return to_deviation * median(distances);
}

// Times become parts of their series' median, which may differ: layouts do.
Groups relative(Groups groups) {
  for (auto& values : groups) {
    const double middle = median(values);
    for (double& value : values) {
      value = middle > 0 ? value / middle : 1;
    }
  }
  return groups;
}

std::size_t outliers_of(const Groups& times) {
  const Groups groups = relative(times);
  std::vector<double> distances;
  for (const auto& values : groups) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t j = i + 1; j < values.size(); ++j) {
        distances.push_back(std::abs(values[j] - values[i]));
      }
    }
  }
  // Equal but for the clock's tick: then everything else would be an outlier.
  const double unit = std::max(to_deviation / std::sqrt(2.0) * median(distances), 0.001);
  std::size_t count = 0;
  for (const auto& values : groups) {
    count += static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [&](double value) {
      return std::abs(value - 1) > outlying * unit;
    }));
  }
  return count;
}

void find_drift(const Groups& times, SampleHealth& health) {
  std::vector<double> slopes;
  double rising = 0, variance = 0;
  std::size_t all = 0, longest = 0;
  for (const auto& values : relative(times)) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t j = i + 1; j < values.size(); ++j) {
        const double step = values[j] - values[i];
        slopes.push_back(step / static_cast<double>(j - i));
        rising += step > 0 ? 1 : step < 0 ? -1 : 0;
      }
    }
    const auto n = static_cast<double>(values.size());
    variance += n * (n - 1) * (2 * n + 5) / 18;
    all += values.size();
    longest = std::max(longest, values.size());
  }
  if (all < 8) { // the normal approximation would be none
    return;
  }
  health.drift_percent = 100 * median(slopes) * static_cast<double>(longest - 1);
  health.drifts = std::abs(rising) > one_in_hundred * std::sqrt(variance) + 1;
}

} // namespace

SampleHealth health_of(const Samples& samples) { return health_of(std::vector{samples}); }

SampleHealth health_of(const std::vector<Samples>& series) {
  Groups baseline, candidate, pairs, ratios;
  std::vector<double> all;
  for (const Samples& samples : series) {
    for (Groups* groups : {&baseline, &candidate, &pairs}) {
      groups->emplace_back();
    }
    for (const Pair& pair : samples.pairs) {
      baseline.back().push_back(pair.baseline);
      candidate.back().push_back(pair.candidate);
      pairs.back().push_back((pair.baseline + pair.candidate) / 2);
      all.insert(all.end(), {pair.baseline, pair.candidate});
    }
    ratios.push_back(samples.log_ratios());
  }
  SampleHealth health;
  health.seconds = median(all);
  health.spread_percent = 100 * deviation(ratios);
  health.outliers = outliers_of(baseline) + outliers_of(candidate);
  find_drift(pairs, health);
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
  for (auto& sentence : oddities(health)) {
    sentences.push_back(std::move(sentence));
  }
  return sentences;
}

std::vector<std::string> oddities(const SampleHealth& health) {
  std::vector<std::string> sentences;
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

std::vector<std::string> oddities(const std::vector<LayoutSamples>& confirmed) {
  std::map<std::string, std::vector<Samples>> by_workload;
  for (const LayoutSamples& one : confirmed) {
    by_workload[one.workload].push_back(one.samples);
  }
  std::vector<std::string> sentences;
  for (const auto& [workload, series] : by_workload) {
    for (const auto& sentence : oddities(health_of(series))) {
      sentences.push_back("on " + workload + ": " + sentence);
    }
  }
  return sentences;
}

} // namespace autopass
