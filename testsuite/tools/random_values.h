// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dice, and what a plan can say without knowing the function that it is for.
#pragma once

#include "plan/plan.h"

#include <random>

namespace autopass {

class Dice {
public:
  explicit Dice(std::uint64_t seed) : m_engine(seed) {}
  // From 0 to count - 1. The library's distributions differ from one library to another.
  std::size_t below(std::size_t count) { return m_engine() % count; }
  bool percent(std::size_t share) { return below(100) < share; }
  template <class List> auto one_of(const List& list) { return list[below(list.size())]; }

private:
  std::mt19937_64 m_engine;
};

Value random_value(Dice& dice, const Entry& entry);
// Of an entry of this kind.
Setting random_setting(Dice& dice, Kind kind);
// A skip, an inserted pass, a replaced half or polly.
void add_to_pipeline(Dice& dice, Pipeline& pipeline);

} // namespace autopass
