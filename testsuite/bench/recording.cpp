// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "recording.h"

#include "util/file.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

double correlation(const std::vector<double>& series, std::size_t lag) {
  double mean = 0, product = 0, square = 0;
  for (const double one : series) {
    mean += one / static_cast<double>(series.size());
  }
  for (std::size_t i = 0; i < series.size(); ++i) {
    square += (series[i] - mean) * (series[i] - mean);
    product += i < lag ? 0 : (series[i] - mean) * (series[i - lag] - mean);
  }
  return product / square;
}

} // namespace

Result<Samples> read_recording(const std::string& path) {
  TRY(const std::string text, read_file(path));
  Samples samples;
  try {
    const auto line = nlohmann::json::parse(text);
    for (const auto& one : line.at("samples")) {
      samples.pairs.push_back({one.at("a"), one.at("b"), one.at("a_first")});
    }
  } catch (const nlohmann::json::exception& error) {
    return fail(path + " is no recording: " + error.what());
  }
  if (samples.pairs.empty()) {
    return fail(path + " has no pairs");
  }
  return samples;
}

Result<std::array<Run, 2>> Rerun::operator()(bool baseline_first, const std::string&) {
  m_next = m_left == 0 ? m_random() % m_recorded.pairs.size() : m_next + 1;
  m_left = (m_left == 0 ? block : m_left) - 1;
  const Pair& pair = m_recorded.pairs[m_next % m_recorded.pairs.size()];
  const bool swapped = m_sides == Sides::Equal ? pair.baseline_first != baseline_first
                                               : m_sides == Sides::Swapped;
  std::array<Run, 2> runs;
  runs[0].cpu_seconds = swapped ? pair.candidate : pair.baseline;
  runs[1].cpu_seconds = (swapped ? pair.baseline : pair.candidate) * m_slower;
  return runs;
}

std::size_t last_dependent_lag(const Samples& recorded) {
  std::vector<double> series;
  for (const Pair& pair : recorded.pairs) {
    series.push_back((pair.baseline_first ? 1 : -1) * std::log(pair.baseline / pair.candidate));
  }
  const auto count = static_cast<double>(series.size());
  const double noise = 2 * std::sqrt(std::log10(count) / count);
  std::size_t last = 0;
  for (std::size_t lag = 1; lag <= last + 5 && lag < series.size(); ++lag) {
    last = std::abs(correlation(series, lag)) > noise ? lag : last;
  }
  return last;
}

} // namespace autopass
