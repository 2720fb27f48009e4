// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "budget.h"

#include <algorithm>

namespace autopass {

Budget::Budget(double seconds) : m_start(std::chrono::steady_clock::now()), m_total(seconds) {}

double Budget::spent() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
}

double Budget::left() const { return std::max(0.0, m_total - spent()); }

void Budget::reserve(double seconds) { m_reserved = std::min(seconds, left() / 2); }

double Budget::search_left() const { return std::max(0.0, left() - m_reserved); }

} // namespace autopass
