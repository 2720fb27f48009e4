// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kept_time.h"

#include "confirm.h"
#include "screening.h"

#include <algorithm>

namespace autopass {
namespace {

constexpr double confirming_part = 0.125; // of a long session's time
// Compiles of a file after the search: the winner and stock clang once more.
constexpr std::size_t last_compiles = 2;

} // namespace

KeptTime kept_time(const Harness& harness, const AfterSearch& after, double left) {
  const double confirmations = confirmations_to_come(after.has_published);
  const std::size_t pairs = std::max(std::min(pairs_wanted(harness.noise), usual_pairs),
                                     pairs_that_fit(harness, left * confirming_part / confirmations));
  const double once = confirm_seconds(harness, pairs);
  const double least = confirmations * once;
  const double most = least + static_cast<double>(after.finalists - 1) * once;
  const double compiles = harness.replica->slowest_compile() *
                          static_cast<double>(after.late_self_tests + last_compiles);
  KeptTime kept;
  kept.by_second_looks = confirm_seconds(harness, least_pairs) + compiles;
  kept.by_search = std::clamp(left * confirming_part, least, most) +
                   Screening::second_look_seconds(harness, after.finalists + 1) + compiles;
  return kept;
}

} // namespace autopass
