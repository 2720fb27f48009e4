// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Behaviour on real runs; the stop rules' statistics on scripts that stand for a binary and burn a
// known amount, far apart, so that no test depends on a quiet machine.
#include "measure/compare.h"

#include "util/file.h"

#include <cmath>
#include <cstdlib>
#include <doctest/doctest.h>
#include <random>
#include <sstream>
#include <sys/stat.h>

using namespace autopass;

namespace {

struct Bench {
  ScratchFolder folder = ScratchFolder::create("compare-test").value();
  Runner runner{folder.path() + "/prog", folder.path(), {}};
  Workload workload{"./prog", folder.path(), "/dev/null", {}};

  // A stand-in for a binary: a script, which notes in the log that it ran.
  std::string program(const std::string& name, const std::string& acts) const {
    const std::string path = folder.path() + "/" + name;
    REQUIRE(write_file(path, "#!/bin/sh\necho " + name + " ${#AUTOPASS_PADDING} >> " +
                                 folder.path() + "/log\nexec " + std::getenv("ACTOR") + " " + acts +
                                 "\n"));
    ::chmod(path.c_str(), 0755);
    return path;
  }
  std::string log() const { return read_file(folder.path() + "/log").value_or(""); }
};

std::string must_say_x(const Run& run) {
  return !run.success() ? run.status() : run.output_start == "x\n" ? "" : "stdout differs";
}

CompareOptions pairs(std::size_t most, double hopeless_below = 0) {
  CompareOptions options;
  options.most = most;
  options.hopeless_below = hopeless_below;
  return options;
}

} // namespace

TEST_CASE("a comparison runs all its pairs, in both orders, the padding shared within each") {
  const Bench bench;
  const auto a = bench.program("a", "say x"), b = bench.program("b", "say x");
  const auto result = compare(bench.runner, bench.workload, a, b, must_say_x, pairs(9)).value();
  CHECK(result.ended == Ended::Done);
  CHECK(result.samples.pairs.size() == 9);
  CHECK(result.interval.pairs == 9);
  CHECK(result.interval.low > 0);
  int first = 0;
  for (const Pair& pair : result.samples.pairs) {
    first += pair.baseline_first ? 1 : 0;
  }
  CHECK(first > 0);
  CHECK(first < 9);
  std::istringstream log(bench.log());
  std::string name, other;
  std::size_t padding = 0, other_padding = 0, shared = 0;
  for (int pair = 0; log >> name >> padding >> other >> other_padding; ++pair) {
    CHECK(padding == other_padding);
    CHECK(name ==
          (result.samples.pairs[static_cast<std::size_t>(pair)].baseline_first ? "a" : "b"));
    CHECK(name != other);
    shared += padding;
  }
  CHECK(shared > 0);
}

TEST_CASE("wrong output ends it at once, a crash and a hang too") {
  Bench bench;
  const auto good = bench.program("good", "say x");
  const auto against = [&](const std::string& bad) {
    return compare(bench.runner, bench.workload, good, bad, must_say_x, pairs(9)).value();
  };
  const auto wrong = against(bench.program("wrong", "say y"));
  CHECK(wrong.ended == Ended::WrongOutput);
  CHECK(wrong.detail == "stdout differs");
  CHECK(wrong.samples.pairs.empty());
  CHECK(wrong.interval.low == 0);
  CHECK(against(bench.program("exits", "say x exit 1")).ended == Ended::WrongOutput);
  CHECK(against(bench.program("crashes", "say x signal 11")).ended == Ended::Failed);
  bench.runner.set_timeout(2);
  CHECK(against(bench.program("hangs", "say x hang")).ended == Ended::Failed);
}

TEST_CASE("a baseline that prints something else is nobody's fault but the workload's") {
  const Bench bench;
  const auto bad = bench.program("bad", "say y"), good = bench.program("good", "say x");
  const auto result = compare(bench.runner, bench.workload, bad, good, must_say_x, pairs(9));
  CHECK(result.error().reason == "output-varies");
  CHECK(calibrate(bench.runner, bench.workload, bad, must_say_x).error().reason == "output-varies");
}

TEST_CASE("a clear loser is stopped early, a winner never") {
  const Bench bench;
  const auto slow = bench.program("slow", "say x burn 60"), fast = bench.program("fast", "say x");
  const auto lost =
      compare(bench.runner, bench.workload, fast, slow, must_say_x, pairs(9, 1)).value();
  CHECK(lost.ended == Ended::Hopeless);
  CHECK(lost.samples.pairs.size() == 3);
  CHECK(lost.interval.low == 0); // three pairs are no ground for a claim
  const auto won =
      compare(bench.runner, bench.workload, slow, fast, must_say_x, pairs(6, 1)).value();
  CHECK(won.ended == Ended::Done);
  CHECK(won.samples.pairs.size() == 6);
  CHECK(won.interval.low > 1);
}

Samples ratios(const std::vector<double>& values) {
  Samples samples;
  for (const double ratio : values) {
    samples.pairs.push_back({ratio, 1, true});
  }
  return samples;
}

TEST_CASE("hopeless is who stays below with the upper end, from `least` pairs on") {
  CHECK(is_hopeless(ratios({0.97, 0.98, 0.99}), pairs(9, 1)));
  CHECK_FALSE(is_hopeless(ratios({0.97, 0.98}), pairs(9, 1)));
  CHECK_FALSE(is_hopeless(ratios({0.97, 1.01, 0.99}), pairs(9, 1)));
  CHECK(is_hopeless(ratios({0.97, 1.01, 0.99}), pairs(9, 1.02)));
  CHECK_FALSE(is_hopeless(ratios({0.5, 0.5, 0.5}), pairs(9)));
  CompareOptions later = pairs(9, 1);
  later.least = 4; // three pairs have an interval, and are not asked
  CHECK_FALSE(is_hopeless(ratios({0.97, 0.98, 0.99}), later));
  CHECK(is_hopeless(ratios({0.97, 0.98, 0.99, 0.98}), later));
}

TEST_CASE("where the noise is known a loser is stopped by its first pair") {
  CompareOptions options = pairs(9, 1);
  CHECK_FALSE(is_hopeless(ratios({0.94}), options));
  options.known_deviation = 0.1;
  CHECK(is_hopeless(ratios({0.94}), options));
  CHECK_FALSE(is_hopeless(ratios({0.96}), options));
  CHECK(is_hopeless(ratios({0.94, 0.97}), options)); // together 0.955, which two pairs make enough
}

TEST_CASE("stopping losers makes no winners") {
  std::mt19937_64 random(11);
  std::normal_distribution<double> noise(0, 0.02);
  int wins = 0, stopped = 0;
  constexpr int trials = 4000;
  for (int trial = 0; trial < trials; ++trial) {
    Samples samples; // of a candidate that makes no difference
    bool hopeless = false;
    while (!hopeless && samples.pairs.size() < 9) {
      samples.pairs.push_back({std::exp(noise(random)), 1, true});
      hopeless = is_hopeless(samples, pairs(9, 1));
    }
    stopped += hopeless ? 1 : 0;
    wins += !hopeless && interval(samples.log_ratios()).low > 1 ? 1 : 0;
  }
  CHECK(wins < 0.025 * trials);   // 1.95 % is what nine pairs allow on this side
  CHECK(stopped > 0.12 * trials); // the rule did act
}

TEST_CASE("without budget nothing is run") {
  const Bench bench;
  CompareOptions options;
  options.out_of_budget = [] { return true; };
  const auto program = bench.program("p", "say x");
  const auto result = compare(bench.runner, bench.workload, program, program, must_say_x, options);
  CHECK(result->ended == Ended::OutOfBudget);
  CHECK(result->samples.pairs.empty());
  CHECK(bench.log().empty());
}

TEST_CASE("calibration gives the run time and a finite spread") {
  const Bench bench;
  const auto program = bench.program("p", "say x burn 20");
  const Noise noise = calibrate(bench.runner, bench.workload, program, must_say_x, Pairing::InTurn, 6).value();
  CHECK(noise.samples.pairs.size() == 6);
  CHECK(noise.seconds >= 0.02);
  CHECK(noise.spread_percent > 0);
  CHECK(std::isfinite(noise.spread_percent));
}

TEST_CASE("log ratios are above zero where the candidate was faster") {
  Samples samples;
  samples.pairs = {{2, 1, true}, {1, 2, false}};
  CHECK(samples.log_ratios()[0] == doctest::Approx(std::log(2)));
  CHECK(samples.log_ratios()[1] == doctest::Approx(-std::log(2)));
}

TEST_CASE("a baseline that takes too long is no output that varies, whatever it has said") {
  const PairRunner too_long = [](bool, const std::string&) -> Result<std::array<Run, 2>> {
    std::array<Run, 2> runs;
    runs[1].timed_out = true;
    return runs;
  };
  const Judge judge = [](const Run& run) { return std::string(run.timed_out ? "timed out; it said: wait" : ""); };
  CHECK(calibrate(too_long, judge).error().reason == "workload-timeout");
}
