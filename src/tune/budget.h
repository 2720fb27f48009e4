// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A session's wall time, and how much of it the search may spend: the rest is kept for confirming
// and minimising, because a gain that cannot be confirmed in time is no gain.
#pragma once

#include <chrono>

namespace autopass {

class Budget {
public:
  explicit Budget(double seconds);

  double total() const { return m_total; }
  double spent() const;
  double left() const;
  // Keeps `seconds` (at most half of what is left) away from the search.
  void reserve(double seconds);
  double search_left() const;

private:
  std::chrono::steady_clock::time_point m_start;
  double m_total;
  double m_reserved = 0;
};

} // namespace autopass
