// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A recording (`paired`'s line) as a source of runs for compare().
//
// A session draws its pairs in blocks of 24 that follow one another in the recording and wrap around at its end
// (the circular block bootstrap: Politis and Romano, in Exploring the Limits of Bootstrap, 1992), so what
// lasts from pair to pair lasts in a session, too. n^(1/3) pairs, 6 of 200, is the length that Hall, Horowitz
// and Jing (Biometrika 82, 1995) find best for a variance; 24 are two looks of `measure` and most
// confirmations as a whole, and last_dependent_lag() has to be below it.
//
// Of two equals either may be the candidate: the coin that a session tosses for the order says which of the
// recorded two is. A planted difference is a factor on the candidate's time.
#pragma once

#include "measure/compare.h"

#include <random>

namespace autopass {

inline constexpr std::size_t block = 24;

// An Error when there is none.
Result<Samples> read_recording(const std::string& path);

enum class Sides { Equal, AsRecorded, Swapped };

// The runs of one session, a PairRunner. `recorded` has to outlive it.
class Rerun {
public:
  Rerun(const Samples& recorded, Sides sides, double slower, std::uint64_t seed)
      : m_recorded(recorded), m_sides(sides), m_slower(slower), m_random(seed) {}
  Result<std::array<Run, 2>> operator()(bool baseline_first, const std::string& padding);

private:
  const Samples& m_recorded;
  Sides m_sides;
  double m_slower;
  std::mt19937_64 m_random;
  std::size_t m_next = 0, m_left = 0;
};

// The last lag at which pairs, the earlier run against the later, depend on one another, by the rule of Politis
// and White (Econometric Reviews 23, 2004): five lags after it are below twice the noise of a correlation.
std::size_t last_dependent_lag(const Samples& recorded);

} // namespace autopass
