// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What sessions would have said: recordings (`paired`'s lines), resampled, through the code that decides.
//
//   resampled equals SESSIONS RECORDING...       each of one program against itself
//   resampled layouts SESSIONS RECORDING...      a program's comparisons, one of each layout
//
// Prints a line of JSON for each program.
#include "measure/confirmation.h"
#include "measure/health.h"
#include "measure/sequential.h"
#include "recording.h"
#include "util/hash.h"
#include "util/paths.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

using namespace autopass;
using Json = nlohmann::ordered_json;

namespace {

constexpr double wanted_power = 0.9;
constexpr std::array effects{0.0025, 0.005, 0.0075, 0.01, 0.0125, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.07, 0.1, 0.2};
constexpr double percent = 0.01;

template <class T> T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "resampled: %s\n", result.error().what.c_str());
    std::exit(1);
  }
  return std::move(*result);
}

// Sessions of another program are drawn by other coins.
struct Recording {
  Samples samples;
  std::uint64_t seed;
};

std::string all_right(const Run&) {
  return {};
}

// `autopass measure`.
Finding measure_once(const Samples& recorded, double slower, std::uint64_t seed) {
  const SequentialPlan plan;
  CompareOptions options;
  options.least = options.most = plan.most();
  options.seed = seed;
  options.enough = [&](const Samples& samples) { return is_settled(samples, plan); };
  return find(must(compare(Rerun(recorded, Sides::Equal, slower, ~seed), all_right, options)).samples, plan);
}

Json measured(const Recording& of, double slower, std::size_t sessions) {
  std::map<Verdict, std::size_t> verdicts;
  std::vector<double> pairs;
  for (std::size_t session = 0; session < sessions; ++session) {
    const Finding finding = measure_once(of.samples, slower, of.seed + session);
    ++verdicts[finding.verdict];
    pairs.push_back(static_cast<double>(finding.interval.pairs));
  }
  return {{"sessions", sessions}, {"faster", verdicts[Verdict::Faster]}, {"slower", verdicts[Verdict::Slower]},
          {"pairs", median(pairs)}};
}

// The end of a session: calibrated, then so many finalists of this gain, until one is confirmed.
// Layouts add to it a ratio between -spread/2 and spread/2.
struct Settling {
  double gain = 0, spread = 0;
  std::size_t finalists = 1;
  Sides sides = Sides::Equal;
};
bool is_confirmed(const std::vector<Samples>& layouts, const Settling& settling, std::uint64_t seed,
                  std::size_t& pairs) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> around(-settling.spread / 2, settling.spread / 2);
  ConfirmPlan plan{"", {"train 1"}, {}, settling.finalists, 0};
  plan.pairs = pairs_wanted(must(calibrate(Rerun(layouts[0], Sides::Equal, 1, random()), all_right)));
  pairs = 0;
  for (std::size_t finalist = 0; finalist < settling.finalists; ++finalist) {
    plan.name = std::to_string(random());
    const LayoutComparer in_layout = [&](std::size_t, std::size_t layout, const CompareOptions& options) {
      pairs += plan.pairs;
      const double slower = 1 / (1 + settling.gain + around(random));
      return compare(Rerun(layouts[layout % layouts.size()], settling.sides, slower, random()), all_right, options);
    };
    if (must(confirm_in_layouts(plan, in_layout, [](double) {})).holds) {
      return true;
    }
  }
  return false;
}

Json confirmed(const std::vector<Samples>& layouts, const Settling& settling, std::size_t sessions, std::uint64_t seed) {
  std::size_t held = 0;
  std::vector<double> taken;
  for (std::size_t session = 0; session < sessions; ++session) {
    std::size_t pairs = 0;
    held += is_confirmed(layouts, settling, seed + session, pairs) ? 1 : 0;
    taken.push_back(static_cast<double>(pairs));
  }
  return {{"sessions", sessions}, {"faster", held}, {"pairs", median(taken)}};
}

// The smallest effect that is seen with the power that is wanted; null: none of those tried.
Json least_seen(const std::function<double(double effect)>& power) {
  for (const double effect : effects) {
    if (power(effect) >= wanted_power) {
      return effect / percent;
    }
  }
  return {};
}

Json equals(const std::string& path, std::size_t sessions) {
  const Recording of{must(read_recording(path)), hash_text(base_name(path)).low};
  const Samples& recorded = of.samples;
  const SampleHealth health = health_of(recorded);
  const auto claimed = [&](const Settling& settling, std::size_t count) {
    return confirmed({recorded}, settling, count, of.seed);
  };
  const std::size_t few = std::max<std::size_t>(1, sessions / 10);
  const auto power = [&](double gain, double spread) {
    return claimed({gain, spread}, few)["faster"].get<double>() / static_cast<double>(few);
  };
  return {{"recording", path}, {"runs", 2 * recorded.pairs.size()}, {"seconds", health.seconds},
          {"spread_percent", health.spread_percent}, {"drift_percent", health.drifts ? health.drift_percent : 0},
          {"outliers", health.outliers}, {"lag", last_dependent_lag(recorded)},
          {"measure", measured(of, 1, sessions)}, {"measure_1", measured(of, 1 + percent, few)},
          {"measure_3", measured(of, 1 + 3 * percent, few)},
          {"confirm", claimed({}, sessions)}, {"confirm_4", claimed({0, 0, 4}, sessions)},
          {"confirm_gain_1", claimed({percent, 0}, few)},
          {"measure_least", least_seen([&](double effect) {
             return measured(of, 1 + effect, few)["slower"].get<double>() / static_cast<double>(few);
           })},
          {"confirm_least", least_seen([&](double effect) { return power(effect, 0); })},
          {"confirm_least_layouts", least_seen([&](double effect) { return power(effect, percent); })}};
}

Json in_layouts(int count, char** paths, std::size_t sessions) {
  std::vector<Samples> layouts;
  Json ratios = Json::array();
  for (int i = 0; i < count; ++i) {
    layouts.push_back(must(read_recording(paths[i])));
    ratios.push_back(interval(layouts.back().log_ratios()).ratio);
  }
  Settling forwards, backwards;
  forwards.sides = Sides::AsRecorded;
  backwards.sides = Sides::Swapped;
  const std::uint64_t seed = hash_text(base_name(paths[0])).low;
  return {{"recording", paths[0]}, {"ratios", ratios}, {"a_b", confirmed(layouts, forwards, sessions, seed)},
          {"b_a", confirmed(layouts, backwards, sessions, seed)}};
}

} // namespace

int main(int count, char** words) {
  const std::string what = count > 3 ? words[1] : "";
  const std::size_t sessions = count > 3 ? std::strtoul(words[2], nullptr, 10) : 0;
  if (sessions == 0 || (what != "equals" && what != "layouts")) {
    std::fputs("usage: resampled equals|layouts SESSIONS RECORDING...\n", stderr);
    return 2;
  }
  if (what == "layouts") {
    std::printf("%s\n", in_layouts(count - 3, words + 3, sessions).dump().c_str());
    return 0;
  }
  for (int i = 3; i < count; ++i) {
    std::printf("%s\n", equals(words[i], sessions).dump().c_str());
    std::fflush(stdout);
  }
}
