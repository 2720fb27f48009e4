// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/confirm.h"

#include "measured.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

// Of each layout, so many that the interval of the runs is narrower than what the layouts span.
constexpr std::size_t pairs = 8;

const Candidate candidate{{unroll(1, 4)}};
const Claim claim{candidate, {}, "confirm", 1, pairs};

Result<Confirmation> confirmed(Measured& measured) {
  return confirm(measured.harness, measured.journal, claim, [](double) {});
}

void say(Measured& measured, const std::string& workload, const std::vector<double>& ratios) {
  measured.say(claim, workload, ratios);
}

} // namespace

TEST_CASE("a gain in every layout and no loss on the holdout is confirmed, as wide as the layouts") {
  Measured measured;
  say(measured, "train 1", {1.05, 1.03, 1.09, 1.06});
  say(measured, "holdout 1", {1.02, 0.999, 1.01, 1.0});
  const auto confirmation = confirmed(measured).value();
  CHECK(confirmation.holds);
  CHECK(confirmation.train.low < 1.031);
  CHECK(confirmation.train.high >= 1.09);
  CHECK(confirmation.workloads.size() == 2);
  REQUIRE(confirmation.samples.size() == 8); // each workload in each layout
  CHECK(confirmation.samples[6].workload == "holdout 1");
  CHECK(confirmation.samples[6].layout == 2);
  CHECK(confirmation.samples[6].samples.pairs.size() == pairs);
  CHECK(confirmation.samples[6].comparison == confirmation.name);
}

TEST_CASE("the first train layout without a gain ends it: nothing after it is measured") {
  Measured measured;
  say(measured, "train 1", {1.05, 0.99});
  const auto confirmation = confirmed(measured);
  REQUIRE(confirmation);
  CHECK_FALSE(confirmation->holds);
  CHECK(confirmation->why_not.starts_with("on fresh runs no gain in layout 1: 0.990"));
  CHECK(confirmation->samples.size() == 2); // what refused it is kept, too
}

TEST_CASE("a gain that is certain and tiny is not worth a plan") {
  Measured measured;
  say(measured, "train 1", {1.004, 1.004, 1.004, 1.004});
  CHECK(confirmed(measured).value().why_not.ends_with("is not worth a plan"));
}

TEST_CASE("a holdout that loses refuses what train has gained") {
  Measured measured;
  say(measured, "train 1", {1.05, 1.05, 1.05, 1.05});
  say(measured, "holdout 1", {0.98, 0.98, 0.98, 0.98});
  CHECK(confirmed(measured).value().why_not.starts_with("loses on holdout 1"));
}
