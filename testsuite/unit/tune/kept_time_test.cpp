// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/kept_time.h"

#include "measured.h"
#include "tune/screening.h"

using namespace autopass;

namespace {

// What is kept besides second looks, in confirmations.
double confirmations(const Measured& measured, const AfterSearch& after, double left) {
  const Harness& harness = measured.harness;
  const double kept = kept_time(harness, after, left).by_search -
                      Screening::second_look_seconds(harness, after.finalists + 1);
  return kept / confirm_seconds(harness, pairs_wanted(harness.noise));
}

} // namespace

TEST_CASE("a short session keeps time for one finalist, a long one for each, and no more") {
  const Measured measured;
  const double once = confirm_seconds(measured.harness, pairs_wanted(measured.harness.noise));
  const AfterSearch after{3, 0, false};
  CHECK(confirmations(measured, after, 0) == doctest::Approx(1.6));
  CHECK(confirmations(measured, after, 8 * 2.5 * once) == doctest::Approx(2.5));
  CHECK(confirmations(measured, after, 1e6 * once) == doctest::Approx(3.6));
}

TEST_CASE("noise gets as many pairs as it calls for where there is time for them") {
  Measured measured;
  measured.harness.noise.spread_percent = 10;
  const AfterSearch after{3, 0, false};
  const double whole = confirm_seconds(measured.harness, most_pairs);
  CHECK(confirmations(measured, after, 0) == doctest::Approx(1.6 * confirm_seconds(measured.harness, 8) / whole));
  CHECK(confirmations(measured, after, 1e6 * whole) == doctest::Approx(3.6));
}

TEST_CASE("a plan that is published has to be beaten: one confirmation more") {
  const Measured measured;
  CHECK(confirmations(measured, {3, 0, true}, 0) == doctest::Approx(2.6));
}

TEST_CASE("time is kept for compiles that come after the search") {
  Measured measured;
  auto replica = std::make_unique<NoReplica>("/nonexistent");
  replica->compile_seconds = 10;
  measured.harness.replica = std::move(replica);
  const AfterSearch tested{3, 0, false};
  AfterSearch untested = tested;
  untested.late_self_tests = 2;
  const KeptTime less = kept_time(measured.harness, tested, 0);
  const KeptTime more = kept_time(measured.harness, untested, 0);
  CHECK(more.by_search - less.by_search == doctest::Approx(20));
  CHECK(more.by_second_looks - less.by_second_looks == doctest::Approx(20));
  CHECK(less.by_second_looks ==
        doctest::Approx(confirm_seconds(measured.harness, least_pairs) + 2 * 10));
}
