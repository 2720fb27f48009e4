// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Measures two builds of one program against each other, knowing nothing of plans: the referee of
// the campaigns. Pairs are fixed beforehand, interleaved, in random order.
//
//   paired FOLDER COMMAND BASELINE CANDIDATE PAIRS CORE
//
// COMMAND runs {target} from FOLDER. Prints one line of JSON, with every run's seconds; exit code 1 when
// an output differs.
#include "gate/gate.h"
#include "measure/pairing.h"
#include "util/file.h"
#include "util/text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace autopass;

namespace {

Result<int> referee(char** words) {
  Workload workload;
  workload.folder = words[1];
  workload.command = words[2];
  const std::string baseline = words[3];
  const std::string candidate = words[4];
  RunnerOptions pinned;
  pinned.core = std::atoi(words[6]);
  pinned.timeout = 120;

  TRY(const ScratchFolder scratch, ScratchFolder::create("autopass-paired"));
  const Runner runner("{target}", scratch.path(), pinned);
  TRY(const Gate gate, Gate::create(runner, workload, baseline));
  CompareOptions fixed;
  fixed.least = fixed.most = static_cast<std::size_t>(std::atoi(words[5]));
  fixed.seed = static_cast<std::uint64_t>(std::time(nullptr));
  const Judge judge = [&gate](const Run& run) { return gate.judge(run); };
  TRY(const PairingChoice choice, choose_pairing(runner, workload, baseline, judge));
  fixed.pairing = choice.pairing;
  TRY(const Comparison comparison, compare(runner, workload, baseline, candidate, judge, fixed));
  if (comparison.ended != Ended::Done) {
    std::fprintf(stderr, "paired: %s\n", comparison.detail.c_str());
    return 1;
  }
  const Interval& found = comparison.interval;
  // Under six pairs there is no interval, and JSON has no infinity.
  const std::string high = std::isfinite(found.high) ? format("%.5f", found.high) : "null";
  std::printf("{\"ratio\":%.5f,\"low\":%.5f,\"high\":%s,\"p\":%.6f,\"pairs\":%zu,\"seconds\":%.3f,\"pairing\":\"%s\",\"samples\":[",
              found.ratio, found.low, high.c_str(), p_value(comparison.samples.log_ratios()),
              found.pairs, gate.seconds(),
              choice.pairing == Pairing::SideBySide ? "side by side" : "in turn");
  const char* separator = "";
  for (const Pair& pair : comparison.samples.pairs) {
    std::printf("%s{\"a\":%.6f,\"b\":%.6f,\"a_first\":%s}", separator, pair.baseline, pair.candidate,
                pair.baseline_first ? "true" : "false");
    separator = ",";
  }
  std::puts("]}");
  return 0;
}

} // namespace

int main(int count, char** words) {
  if (count != 7) {
    std::fputs("usage: paired FOLDER COMMAND BASELINE CANDIDATE PAIRS CORE\n", stderr);
    return 2;
  }
  const auto outcome = referee(words);
  if (!outcome) {
    std::fprintf(stderr, "paired: %s\n", outcome.error().what.c_str());
    return 1;
  }
  return *outcome;
}
