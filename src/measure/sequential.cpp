// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Looking at the data again and again until they please is how most false speedups are made. Here
// the looks are fixed beforehand (after 12, 24, 48 and 96 pairs), and what may go wrong is shared
// out among them: with K looks, each may err with a K-th of the whole (Bonferroni's inequality;
// repeated confidence intervals are Jennison and Turnbull's, Journal of the Royal Statistical
// Society B 51, 1989). So the chance that any look of a comparison of equals makes a claim is at
// most `false_claims`, whenever the measuring ends, and the interval that is told holds the true
// ratio with at least `level`, whichever look it is from.
//
// A look is the signed-rank test (statistics.h). Under "no difference" it is exact because *we*
// toss the coin for the order within each pair: a drift, a neighbour's burst or a correlation from
// pair to pair cannot prefer a side. Neither normal nor independent run times are asked for.
//
//   Example: four looks, 1 % false claims. Each look needs p <= 0.25 %: 12 pairs can give 0.05 %,
//   so a clear case is over after 12 pairs. A difference of a fifth of the noise needs all 96.
//
// Ends early without a claim, too, when the interval lies within +- `indifferent`: more pairs would
// only tell more exactly that there is nothing to tell.
//
// The price of sharing is small: the last look's interval is 1.3 times as wide as that of a fixed
// number of pairs (2.50 against 1.96 standard errors).
#include "sequential.h"

#include <algorithm>
#include <cmath>

namespace autopass {
namespace {

// The level of one look such that all of them together keep `level`.
double at_each_look(double level, const SequentialPlan& plan) {
  return 1 - (1 - level) / static_cast<double>(plan.looks.size());
}

} // namespace

Finding find(const Samples& samples, const SequentialPlan& plan) {
  const std::vector<double> ratios = samples.log_ratios();
  Finding finding;
  finding.interval = interval(ratios, at_each_look(plan.level, plan));
  const Interval claim = interval(ratios, at_each_look(1 - plan.false_claims, plan));
  if (claim.low > 1 || claim.high < 1) {
    finding.verdict = claim.low > 1 ? Verdict::Faster : Verdict::Slower;
    finding.settled = true;
    return finding;
  }
  const double nothing = std::log1p(plan.indifferent);
  finding.settled = finding.interval.low > 0 && std::log(finding.interval.low) > -nothing &&
                    std::log(finding.interval.high) < nothing;
  return finding;
}

bool is_settled(const Samples& samples, const SequentialPlan& plan) {
  const bool look =
      std::find(plan.looks.begin(), plan.looks.end(), samples.pairs.size()) != plan.looks.end();
  return look && find(samples, plan).settled;
}

} // namespace autopass
