// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the search measures. Each pair of a candidate is run in another code layout, because layout by
// itself moves some programs by 8 %: a candidate that is good in one layout alone must not lead the
// search. A confirmation moves the code by other amounts, but by the same parts of a line of 64 bytes: there are no
// others for functions that are aligned to 16. What is new then is the runs, and where lines meet pages and sets.
//
// A look may be stopped early, for losers and for the clock, so nothing that is found here is a claim.
#pragma once

#include "budget.h"
#include "harness.h"
#include "journal.h"

#include <functional>
#include <utility>

namespace autopass {

class Screening {
public:
  // `against`: what candidates are compared with.
  Screening(const Harness& harness, Journal& journal, const Budget& budget, Candidate against)
      : m_harness(harness), m_journal(journal), m_budget(budget), m_against(std::move(against)) {}

  // One pair in each of four layouts; twice that where the machine is noisy. Then, for one that looks faster,
  //   - up to four times that, as far as the budget is long for such runs, while it may be faster than the ratio
  //     `to_beat`, the best's so far: the best of many short looks is the luckiest;
  //   - up to eight times that, as long as there is nothing else to measure (`waiting`, asked between pairs): where
  //     a compile takes a minute, a better look costs nothing.
  // Stopped early when the candidate is a loser (Hopeless) or the search's time is over.
  Result<Comparison> first_look(const Candidate& candidate, double to_beat,
                                const std::function<bool()>& waiting) const;
  // Four pairs in each of two more layouts, for those that looked best.
  Result<Comparison> second_look(const Candidate& candidate) const;
  // Wall seconds of `candidates` second looks.
  static double second_look_seconds(const Harness& harness, std::size_t candidates);

private:
  // Adds a pair of every train workload to `all`.
  Result<void> add_pair(const std::string& about, const Candidate& candidate, Layout layout,
                        std::uint64_t seed, Comparison& all) const;

  const Harness& m_harness;
  Journal& m_journal;
  const Budget& m_budget;
  Candidate m_against;
};

} // namespace autopass
