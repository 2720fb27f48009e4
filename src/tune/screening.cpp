// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "screening.h"

#include "candidate.h"
#include "confirm.h"
#include "util/text.h"

#include <algorithm>
#include <array>

namespace autopass {
namespace {

constexpr double screening_level = 0.75; // three pairs have an interval at this level
constexpr std::array first_layouts{0, confirm_layouts, confirm_layouts + 1, confirm_layouts + 2};
constexpr std::array second_layouts{confirm_layouts + 3, confirm_layouts + 4};
constexpr std::size_t second_rounds = 4;
constexpr std::size_t rounds_to_beat = 4;
constexpr double share_to_beat = 1 / 40.0; // of the session, and no more: dozens want to be looked at
constexpr std::size_t most_rounds = 8; // of a first look that has the time
constexpr double noisy = 0.025;           // a pair's standard deviation
constexpr double layout_deviation = 0.01; // what layouts add to it, in most programs

} // namespace

Result<void> Screening::add_pair(const std::string& about, const Candidate& candidate,
                                 Layout layout, std::uint64_t seed, Comparison& all) const {
  TRY(const Binary baseline, m_harness.replica->build(m_against, layout));
  TRY(const Binary tuned, m_harness.replica->build(candidate, layout));
  CompareOptions single;
  single.least = single.most = 1;
  single.seed = seed;
  TRY(const Comparison pair,
      m_harness.compare_train(m_journal, about, baseline.path, tuned.path, single));
  all.samples.pairs.insert(all.samples.pairs.end(), pair.samples.pairs.begin(),
                           pair.samples.pairs.end());
  all.ended = pair.ended;
  all.detail = pair.detail;
  return {};
}

Result<Comparison> Screening::first_look(const Candidate& candidate, double to_beat,
                                         const std::function<bool()>& waiting) const {
  const double deviation = m_harness.noise.pair_deviation();
  CompareOptions losers;
  losers.hopeless_below = least_gain;
  losers.known_deviation = std::max(deviation, layout_deviation);
  const std::size_t enough = first_layouts.size() * (deviation > noisy ? 2 : 1);
  const std::size_t most = first_layouts.size() * most_rounds;

  const Digest name = digest(candidate);
  const std::string about = named(candidate, m_against);
  Comparison all;
  const double affordable = share_to_beat * m_budget.total() / (2 * m_harness.run_seconds);
  const auto is_open = [&](std::size_t pairs) {
    const bool may_lead = all.interval.high > to_beat && static_cast<double>(pairs) < affordable &&
                          pairs < first_layouts.size() * rounds_to_beat;
    return all.interval.ratio > 1 && (may_lead || waiting());
  };
  for (std::size_t pair = 0; pair < most && all.ended == Ended::Done; ++pair) {
    if (pair >= enough && !is_open(pair)) {
      break;
    }
    if (m_budget.search_left() <= 0) {
      all.ended = Ended::OutOfBudget;
      break;
    }
    TRY_VOID(add_pair(format("search %s pair %zu", about.c_str(), pair), candidate,
                      Layout{first_layouts[pair % first_layouts.size()]}, name.low + pair, all));
    if (all.ended == Ended::Done && pair + 1 < enough && is_hopeless(all.samples, losers)) {
      all.ended = Ended::Hopeless;
    }
    all.interval = interval(all.samples.log_ratios(), screening_level);
  }
  return all;
}

Result<Comparison> Screening::second_look(const Candidate& candidate) const {
  const Digest name = digest(candidate);
  const std::string about = named(candidate, m_against);
  Comparison all;
  for (std::size_t pair = 0; pair < second_rounds * second_layouts.size(); ++pair) {
    TRY_VOID(add_pair(format("again %s pair %zu", about.c_str(), pair), candidate,
                      Layout{second_layouts[pair % second_layouts.size()]}, ~name.low + pair, all));
    if (all.ended != Ended::Done) {
      break;
    }
  }
  all.interval = interval(all.samples.log_ratios(), screening_level);
  return all;
}

double Screening::second_look_seconds(const Harness& harness, std::size_t candidates) {
  return 2.1 * harness.run_seconds *
         static_cast<double>(second_rounds * second_layouts.size() * candidates);
}

} // namespace autopass
