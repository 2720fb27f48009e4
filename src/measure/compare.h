// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Paired, interleaved comparison of two binaries on one workload, the order inside each pair drawn
// at random.
#pragma once

#include "runner.h"
#include "statistics.h"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// What ended a comparison. Hopeless: stopped early as a clear loser; its interval, of few pairs, is
// no ground for any claim but "not faster".
enum class Ended { Done, WrongOutput, Failed, OutOfBudget, Hopeless };

struct Comparison {
  Samples samples;
  Interval interval;
  Ended ended = Ended::Done;
  std::string detail; // WrongOutput, Failed: what was seen
  bool timed_out = false; // Failed: that is what was seen
};

// Judges a run against what the baseline is known to print; empty: right.
using Judge = std::function<std::string(const Run&)>;

// How the two runs of a pair meet the same conditions: one after the other, or at the same time on
// one core, where the kernel's scheduler interleaves them every few milliseconds.
enum class Pairing { InTurn, SideBySide };

struct CompareOptions {
  Pairing pairing = Pairing::InTurn;
  std::size_t least = 3; // pairs before any decision
  std::size_t most = 9;
  double hopeless_below = 0;    // stop when even the interval's upper end is below this ratio
  double hopeless_level = 0.75; // of that interval: 3 pairs suffice for 0.75, 6 for 0.95
  // A pair's standard deviation (of its log ratio) where it is known: then a loser is stopped from
  // the first pair on, when half a standard error above the mean is still below `hopeless_below`.
  double known_deviation = 0;
  double level = 0.95;
  std::uint64_t seed = 1;
  Clock clock = Clock::Cpu;
  std::function<bool()> out_of_budget; // asked between pairs; may be empty
  // The caller's own rule for an end, asked after each pair; may be empty. Whoever gives one answers for
  // its error rate (sequential.h).
  std::function<bool(const Samples&)> enough;
};

// Runs both of a pair with the same extra environment, in this order or at the same time; what it
// returns has the baseline's run first.
using PairRunner =
    std::function<Result<std::array<Run, 2>>(bool baseline_first, const std::string& padding)>;

// The stop rule for losers, asked after each pair.
bool is_hopeless(const Samples& samples, const CompareOptions& options);

// How such an Error begins; what was seen comes behind it.
inline constexpr std::string_view baseline_changed = "the unchanged program gave another result while it was measured: ";

// An Error only when the comparison itself is impossible; a baseline that suddenly prints something
// else is one (output-varies).
Result<Comparison> compare(const Runner& runner, const Workload& workload,
                           const std::string& baseline, const std::string& candidate,
                           const Judge& judge, const CompareOptions& options);

// The same for pairs of any kind: `options.pairing` is not looked at. The clock is the options'; above it is
// the runner's.
Result<Comparison> compare(const PairRunner& run_pair, const Judge& judge,
                           const CompareOptions& options);

// A/A: the same binary against itself. `spread_percent` is the half width of the 95 % interval that
// `pairs` pairs (at least 6) give; `seconds` the median run time.
struct Noise {
  double spread_percent = 0;
  double seconds = 0;
  Samples samples;
  double pair_deviation() const { return spread_percent / 100 * 3 / 2; } // 3 / 1.96, rounded
};
Result<Noise> calibrate(const Runner& runner, const Workload& workload, const std::string& binary,
                        const Judge& judge, Pairing pairing = Pairing::InTurn,
                        std::size_t pairs = 9);
Result<Noise> calibrate(const PairRunner& run_pair, const Judge& judge, std::size_t pairs = 9,
                        Clock clock = Clock::Cpu);

} // namespace autopass
