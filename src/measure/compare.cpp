// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs pairs until a stop rule holds. Both runs of a pair have the same stack padding and follow
// one another at once, so that whatever drifts (clock rate, neighbours, caches) meets both; a coin
// says who goes first, so that what is left of the drift has no side.
//
// Stop rules, asked after each pair in this order:
//   wrong output, failure  at once: nothing that is wrong is fast
//   most                   the only end at which a candidate can be found faster, but for
//   out_of_budget          which knows the clock and not the ratios
//   is_hopeless            from `least` pairs on, the upper end at `hopeless_level` is below
//                          `hopeless_below`; where the noise is known, from the first pair on, when
//                          half a standard error above the mean is. Noise of 2 % a pair then drops
//                          half of the candidates without effect after two pairs, and one in three
//                          hundred of those that gain 5 %.
//
// Invariant: stopping early makes no false winner. Only losers are stopped by what was measured, so
// whoever is found faster at `most` pairs would also have been without the rule: the chance of it
// under "no difference" is at most (1 - level) / 2, whatever hopeless_level is. The rule's price is
// on the other side: of candidates whose true ratio is exactly `hopeless_below`, one in eight is
// lost at the first look and some more at the next ones.
#include "compare.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <random>

namespace autopass {
namespace {

// The kernel counts microseconds; a run that short is no measurement, but must not divide by zero.
constexpr double clock_tick = 1e-6;

struct Side {
  const std::string& binary;
  bool candidate;
};

// Runs one side into its half of the pair. False when the candidate's run ends the comparison.
Result<bool> run_side(const Runner& runner, const Workload& workload, const Side& side,
                      const Judge& judge, const std::string& padding, Pair& pair,
                      Comparison& comparison) {
  TRY(const Run run, runner.run(workload, side.binary, {padding}));
  (side.candidate ? pair.candidate : pair.baseline) = std::max(run.cpu_seconds, clock_tick);
  const std::string complaint = judge(run);
  if (complaint.empty()) {
    return true;
  }
  if (!side.candidate) {
    return fail("the unchanged program gave another result while it was measured: " + complaint,
                "the workload must give the same output each time it runs", "output-varies");
  }
  const bool ran = run.signal == 0 && !run.timed_out;
  comparison.ended = ran ? Ended::WrongOutput : Ended::Failed;
  comparison.detail = complaint;
  return false;
}

double median(std::vector<double> values) {
  assert(!values.empty());
  std::sort(values.begin(), values.end());
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

} // namespace

std::vector<double> Samples::log_ratios() const {
  std::vector<double> ratios;
  for (const Pair& pair : pairs) {
    ratios.push_back(std::log(pair.baseline / pair.candidate));
  }
  return ratios;
}

bool is_hopeless(const Samples& samples, const CompareOptions& options) {
  const Interval seen = interval(samples.log_ratios(), options.hopeless_level);
  const auto count = static_cast<double>(samples.pairs.size());
  const double reach = std::exp(options.known_deviation / 2 / std::sqrt(count));
  return (options.known_deviation > 0 && seen.ratio * reach < options.hopeless_below) ||
         (samples.pairs.size() >= options.least && seen.high < options.hopeless_below);
}

Result<Comparison> compare(const Runner& runner, const Workload& workload,
                           const std::string& baseline, const std::string& candidate,
                           const Judge& judge, const CompareOptions& options) {
  Comparison comparison;
  std::mt19937_64 random(options.seed);
  while (comparison.ended == Ended::Done && comparison.samples.pairs.size() < options.most) {
    if (options.out_of_budget && options.out_of_budget()) {
      comparison.ended = Ended::OutOfBudget;
      break;
    }
    const std::string padding = stack_padding(random());
    Pair pair;
    pair.baseline_first = random() % 2 == 0;
    const Side sides[]{{baseline, false}, {candidate, true}};
    bool whole = true;
    for (int turn = 0; turn < 2 && whole; ++turn) {
      const Side& side = sides[(turn == 0) == pair.baseline_first ? 0 : 1];
      TRY(whole, run_side(runner, workload, side, judge, padding, pair, comparison));
    }
    if (!whole) {
      break;
    }
    comparison.samples.pairs.push_back(pair);
    if (comparison.samples.pairs.size() < options.most &&
        is_hopeless(comparison.samples, options)) {
      comparison.ended = Ended::Hopeless;
    }
  }
  comparison.interval = interval(comparison.samples.log_ratios(), options.level);
  return comparison;
}

Result<Noise> calibrate(const Runner& runner, const Workload& workload, const std::string& binary,
                        const Judge& judge, std::size_t pairs) {
  assert(pairs >= 6);
  CompareOptions options;
  options.most = pairs;
  TRY(const Comparison same, compare(runner, workload, binary, binary, judge, options));
  if (same.ended != Ended::Done) {
    return fail("the unchanged program gave another result while it was measured: " + same.detail,
                "the workload must give the same output each time it runs", "output-varies");
  }
  Noise noise;
  noise.samples = same.samples;
  noise.spread_percent = 50 * std::log(same.interval.high / same.interval.low);
  std::vector<double> seconds;
  for (const Pair& pair : same.samples.pairs) {
    seconds.insert(seconds.end(), {pair.baseline, pair.candidate});
  }
  noise.seconds = median(seconds);
  return noise;
}

} // namespace autopass
