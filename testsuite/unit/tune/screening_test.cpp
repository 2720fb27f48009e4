// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/screening.h"

#include "measured.h"
#include "util/text.h"

#include <array>
#include <limits>

using namespace autopass;

namespace {

// A candidate for which the journal has a pair in each of four layouts, and the first again and again.
struct Screened : Measured {
  Candidate candidate{{unroll(1, 2)}};
  Budget budget{600};

  explicit Screened(std::array<double, 4> ratios, double run_seconds = 0.1) {
    harness.run_seconds = run_seconds;
    for (std::size_t pair = 0; pair < 40; ++pair) {
      Comparison one;
      const double ratio = ratios[pair < 4 ? pair : 0];
      one.samples.pairs.push_back({ratio + 1e-6 * static_cast<double>(pair), 1, true});
      one.interval = interval(one.samples.log_ratios(), 0.95);
      REQUIRE(journal.add(format("search %s pair %zu train 1", digest(candidate).hex().c_str(), pair),
                          one, 0.95));
    }
  }
  // Pairs of a look while the next binary is not ready for `waits` questions.
  std::size_t pairs(int waits, double to_beat = 2) {
    const Screening screening(harness, journal, budget, {});
    const auto waiting = [&waits] { return waits-- > 0; };
    return screening.first_look(candidate, to_beat, waiting).value().samples.pairs.size();
  }
};

constexpr int for_ever = std::numeric_limits<int>::max();

} // namespace

TEST_CASE("a first look is longer while there is nothing else to measure, and has an end") {
  Screened screened({1.05, 1.05, 1.05, 1.05});
  CHECK(screened.pairs(0) == 4);
  CHECK(screened.pairs(3) == 7);
  CHECK(screened.pairs(for_ever) == 32);
}

TEST_CASE("who does not look faster has no longer look, and a loser a shorter one") {
  CHECK(Screened({1.05, 1.05, 0.9, 0.9}).pairs(for_ever) == 4);
  CHECK(Screened({0.9, 1.05, 1.05, 1.05}).pairs(for_ever) == 1);
}

TEST_CASE("who may be faster than the best so far is looked at longer, and no longer than that") {
  CHECK(Screened({1.05, 1.05, 1.05, 1.05}).pairs(0, 1.04) == 16);
  CHECK(Screened({1.05, 1.05, 1.05, 1.05}).pairs(0, 1.06) == 4);
  CHECK(Screened({1.05, 1.05, 1.05, 1.05}, 0.75).pairs(0, 1.04) == 10); // 15 of 600 s
  CHECK(Screened({1.05, 1.05, 1.05, 1.05}, 3).pairs(0, 1.04) == 4);
  CHECK(Screened({1.01, 1.05, 1.05, 1.05}).pairs(0, 1.04) < 16); // until it looks slower than the best
}
