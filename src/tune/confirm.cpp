// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "confirm.h"

#include "candidate.h"
#include "util/text.h"

#include <algorithm>

namespace autopass {
namespace {

struct LayoutPair {
  Binary baseline, candidate;
};

std::string about(const Claim& claim) { return claim.name + " " + named(claim.candidate, claim.against); }

} // namespace

double confirm_seconds(const Harness& harness, std::size_t pairs) {
  double once = 0;
  for (const auto* workloads : {&harness.train, &harness.holdout}) {
    for (const auto& workload : *workloads) {
      once += run_seconds(workload);
    }
  }
  const double rebuild = 2 * harness.replica->baseline().build_seconds;
  return 2.1 * once * static_cast<double>(pairs) * confirm_layouts + rebuild;
}

std::size_t pairs_that_fit(const Harness& harness, double seconds) {
  std::size_t pairs = pairs_wanted(harness.noise);
  while (pairs > least_pairs && confirm_seconds(harness, pairs) > seconds) {
    --pairs;
  }
  return pairs;
}

std::size_t pairs_for_one(const Harness& harness, double seconds, double to_come) {
  return std::max(std::min(pairs_that_fit(harness, seconds / 2), usual_pairs), pairs_that_fit(harness, seconds / to_come));
}

Result<Confirmation> confirm(const Harness& harness, Journal& journal, const Claim& claim,
                             const std::function<void(double done)>& progress) {
  std::vector<LayoutPair> layouts;
  for (int number = 0; number < confirm_layouts; ++number) {
    TRY(Binary baseline, harness.replica->build(claim.against, Layout{number}));
    TRY(Binary tuned, harness.replica->build(claim.candidate, Layout{number}));
    layouts.push_back({std::move(baseline), std::move(tuned)});
  }
  ConfirmPlan plan{about(claim), {}, {}, claim.finalists, claim.pairs};
  std::vector<const CheckedWorkload*> workloads;
  for (const auto& workload : harness.train) {
    plan.train.push_back(workload.name);
    workloads.push_back(&workload);
  }
  for (const auto& workload : harness.holdout) {
    plan.holdout.push_back(workload.name);
    workloads.push_back(&workload);
  }
  const auto entry = [&](std::size_t layout) {
    const auto& [baseline, candidate] = layouts[layout];
    return format("%s layout %zu, %s %s", plan.name.c_str(), layout, baseline.code.hex().c_str(), candidate.code.hex().c_str());
  };
  // A session that goes on with what a killed one had begun measures as many pairs as that one: their number is fixed
  // beforehand, and a second try would be another chance.
  if (const auto begun = journal.find(journal_entry(entry(0), plan.train.front())); begun && begun->ended == Ended::Done) {
    plan.pairs = begun->samples.pairs.size();
  }
  const LayoutComparer compare = [&](std::size_t workload, std::size_t layout,
                                     const CompareOptions& options) {
    const auto& [baseline, candidate] = layouts[layout];
    return harness.compare(journal, entry(layout), *workloads[workload], baseline.path, candidate.path, options);
  };
  return confirm_in_layouts(plan, compare, progress);
}

} // namespace autopass
