// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs pairs until a stop rule holds. Both runs of a pair have the same stack padding; a coin says
// who goes first, so that what is left of any drift has no side. What the machine does to them (clock
// rate, a neighbour on the other half of a core) has to meet both:
//
//   InTurn      one follows the other at once. Shares what lasts longer than a run.
//   SideBySide  both start together, pinned to one core, and the scheduler gives each its slice of
//               about 3 ms, in turn, until both have ended. Shares all that lasts longer than a
//               slice. On a virtual machine with busy neighbours the standard deviation of a pair fell
//               from 10 % to 0.7 % for one program against itself (docs/decisions.md, with five
//               more, one of which hardly gained).
//
// The CPU time of each is what is compared, so that sharing the core costs nothing but the caches'
// refill after a switch (seen: 3 to 14 % more CPU time), which both pay. What one program has more than the other at the end it runs alone.
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
#include <array>
#include <cassert>
#include <cmath>
#include <random>

namespace autopass {
namespace {

// The runs of both, judged, the baseline's first. Each is judged before the next run in its place writes
// to the same files.
Result<std::array<Run, 2>> run_both(const Runner& runner, const Workload& workload,
                                    const std::string& baseline, const std::string& candidate,
                                    bool baseline_first, Pairing pairing, const Judge& judge,
                                    const std::string& padding) {
  const std::string& first = baseline_first ? baseline : candidate;
  const std::string& second = baseline_first ? candidate : baseline;
  std::array<Run, 2> runs;
  if (pairing == Pairing::SideBySide) {
    TRY(runs, runner.run_side_by_side(workload, first, second, {padding}));
    runs[0].complaint = judge(runs[0]);
  } else {
    TRY(runs[0], runner.run(workload, first, {padding}));
    runs[0].complaint = judge(runs[0]);
    TRY(runs[1], runner.run(workload, second, {padding}));
  }
  runs[1].complaint = judge(runs[1]);
  if (!baseline_first) {
    std::swap(runs[0], runs[1]);
  }
  return runs;
}

PairRunner pairs_of(const Runner& runner, const Workload& workload, const std::string& baseline,
                    const std::string& candidate, const Judge& judge, Pairing pairing) {
  return [&, pairing](bool baseline_first, const std::string& padding) -> Result<std::array<Run, 2>> {
    TRY(const auto runs, run_both(runner, workload, baseline, candidate, baseline_first, pairing, judge, padding));
    // One may have taken the memory of both, or a port, or have met the other's files: alone each has its due.
    const bool right = runs[0].complaint.empty() && runs[1].complaint.empty();
    return pairing == Pairing::InTurn || right
               ? Result<std::array<Run, 2>>(runs)
               : run_both(runner, workload, baseline, candidate, baseline_first, Pairing::InTurn, judge, padding);
  };
}

std::string judged_already(const Run& run) {
  return run.complaint;
}

// Of the baseline. Too slow is not wrong: the limit is many times what the first run took. A crash is no output.
Error wrong_baseline(const std::string& complaint, bool timed_out, bool crashed) {
  return timed_out ? Error{"the unchanged program took much longer than before while it was measured",
                           "try again when the machine has less to do: what was measured is kept",
                           "workload-timeout"}
                   : Error{std::string(baseline_changed) + complaint,
                           "the workload must give the same output each time it runs",
                           crashed ? "workload-failed" : "output-varies"};
}

// Judges both. An Error when it is the baseline that is wrong; the candidate ends the comparison.
Result<void> judge_both(const std::array<Run, 2>& runs, const Judge& judge,
                        Comparison& comparison) {
  if (const std::string complaint = judge(runs[0]); !complaint.empty()) {
    return tl::make_unexpected(wrong_baseline(complaint, runs[0].timed_out, !runs[0].ended_by_itself()));
  }
  if (const std::string complaint = judge(runs[1]); !complaint.empty()) {
    comparison.ended = runs[1].ended_by_itself() ? Ended::WrongOutput : Ended::Failed;
    comparison.detail = complaint;
    comparison.timed_out = runs[1].timed_out;
  }
  return {};
}

} // namespace

bool is_hopeless(const Samples& samples, const CompareOptions& options) {
  if (options.hopeless_below <= 0) {
    return false;
  }
  const Interval seen = interval(samples.log_ratios(), options.hopeless_level);
  const auto count = static_cast<double>(samples.pairs.size());
  const double reach = std::exp(options.known_deviation / 2 / std::sqrt(count));
  return (options.known_deviation > 0 && seen.ratio * reach < options.hopeless_below) ||
         (samples.pairs.size() >= options.least && seen.high < options.hopeless_below);
}

Result<Comparison> compare(const Runner& runner, const Workload& workload,
                           const std::string& baseline, const std::string& candidate,
                           const Judge& judge, const CompareOptions& options) {
  CompareOptions timed = options;
  timed.clock = runner.options().clock;
  return compare(pairs_of(runner, workload, baseline, candidate, judge, options.pairing), judged_already,
                 timed);
}

Result<Comparison> compare(const PairRunner& run_pair, const Judge& judge,
                           const CompareOptions& options) {
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
    TRY(const auto runs, run_pair(pair.baseline_first, padding));
    TRY_VOID(judge_both(runs, judge, comparison));
    if (comparison.ended != Ended::Done) {
      break;
    }
    pair.baseline = seconds_of(runs[0], options.clock);
    pair.candidate = seconds_of(runs[1], options.clock);
    comparison.samples.pairs.push_back(pair);
    if (options.enough && options.enough(comparison.samples)) {
      break;
    }
    if (comparison.samples.pairs.size() < options.most &&
        is_hopeless(comparison.samples, options)) {
      comparison.ended = Ended::Hopeless;
    }
  }
  comparison.interval = interval(comparison.samples.log_ratios(), options.level);
  return comparison;
}

Result<Noise> calibrate(const Runner& runner, const Workload& workload, const std::string& binary,
                        const Judge& judge, Pairing pairing, std::size_t pairs) {
  return calibrate(pairs_of(runner, workload, binary, binary, judge, pairing), judged_already, pairs,
                   runner.options().clock);
}

Result<Noise> calibrate(const PairRunner& run_pair, const Judge& judge, std::size_t pairs,
                        Clock clock) {
  assert(pairs >= 6);
  CompareOptions options;
  options.clock = clock;
  options.most = pairs;
  TRY(const Comparison same, compare(run_pair, judge, options));
  if (same.ended != Ended::Done) {
    return tl::make_unexpected(wrong_baseline(same.detail, same.timed_out, same.ended == Ended::Failed));
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
