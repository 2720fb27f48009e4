// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// planted-differences [COMPARISONS]
//
// Does the measurement see what is there, and nothing else? Compares a program with itself (what it
// calls different is false) and with builds that do 3 % more and 3 % less, each comparison as a
// session makes it. Exit 1 when more than one in five A/A comparisons finds a difference, or fewer
// than half of the planted ones are found.
#include "gate/gate.h"
#include "measure/compare.h"
#include "measure/sampler.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace autopass;

namespace {

struct Found {
  int faster = 0, slower = 0;
  std::vector<double> ratios;
};

template <class T> T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "planted-differences: %s\n%s\n", result.error().what.c_str(),
                 result.error().next.c_str());
    std::exit(2);
  }
  return std::move(*result);
}

class Bench {
public:
  explicit Bench(const std::string& scratch)
      : m_runner("{target}", scratch, {usable_cores().back(), 60, 0}), m_workload{"{target}",
                                                                                  scratch,
                                                                                  "/dev/null",
                                                                                  {}},
        m_gate(must(Gate::create(m_runner, m_workload, program(100)))) {}

  static std::string program(int percent) {
    return parent(self_path()) + "/planted-" + std::to_string(percent);
  }
  void noise() const {
    const Noise noise = must(calibrate(m_runner, m_workload, program(100), judge()));
    std::printf("A/A of 9 pairs: half width %.2f %%, run time %.3f s, core %d\n",
                noise.spread_percent, noise.seconds, m_runner.options().core);
  }
  void sampling(const std::string& scratch) const {
    const Profile found = must(profile(m_runner, m_workload, program(100), {}, scratch, 1, 1));
    std::printf("sampler: %zu samples a run, %.0f for each CPU second\n", found.samples,
                static_cast<double>(found.samples) / m_gate.seconds());
  }
  Found against(int percent, int comparisons) const {
    Found found;
    for (int i = 0; i < comparisons; ++i) {
      CompareOptions options;
      options.seed = static_cast<std::uint64_t>(1000 * percent + i);
      const Comparison comparison =
          must(compare(m_runner, m_workload, program(100), program(percent), judge(), options));
      found.faster += comparison.interval.low > 1 ? 1 : 0;
      found.slower += comparison.interval.high < 1 ? 1 : 0;
      found.ratios.push_back(comparison.interval.ratio);
    }
    std::sort(found.ratios.begin(), found.ratios.end());
    std::printf("%3d %% of the work: %2d faster, %2d slower of %d; ratio %.4f, from %.4f to %.4f\n",
                percent, found.faster, found.slower, comparisons,
                found.ratios[found.ratios.size() / 2], found.ratios.front(), found.ratios.back());
    std::fflush(stdout);
    return found;
  }

private:
  Judge judge() const {
    return [this](const Run& run) { return m_gate.judge(run); };
  }
  Runner m_runner;
  Workload m_workload;
  Gate m_gate;
};

} // namespace

int main(int argc, char** argv) {
  const int comparisons = argc > 1 ? std::max(1, std::atoi(argv[1])) : 20;
  const ScratchFolder scratch = must(ScratchFolder::create("planted"));
  const Bench bench(scratch.path());
  bench.noise();
  bench.sampling(scratch.path());
  const Found same = bench.against(100, comparisons);
  const Found slower = bench.against(103, comparisons);
  const Found faster = bench.against(97, comparisons);
  const bool honest = 5 * (same.faster + same.slower) <= comparisons;
  const bool sharp = 2 * slower.slower >= comparisons && 2 * faster.faster >= comparisons;
  return honest && sharp ? 0 : 1;
}
