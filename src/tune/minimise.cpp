// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "minimise.h"

namespace autopass {
namespace {

constexpr double does_not_pay = 0.995; // time with over time without, above this: drop it

// The candidate without one element; a plan with nothing left goes as a whole.
Candidate reduce(const Candidate& candidate, std::size_t function, std::size_t element) {
  Candidate reduced = candidate;
  auto& plan = reduced.plans[function].plan;
  plan = without(plan, element);
  if (plan.empty()) {
    reduced.plans.erase(reduced.plans.begin() + static_cast<std::ptrdiff_t>(function));
  }
  return reduced;
}

Result<bool> pays(const Harness& harness, Journal& journal, const Binary& with,
                  const Binary& without_it, const Digest& name) {
  CompareOptions options;
  options.least = 3;
  options.most = 5;
  options.level = 0.75;
  options.seed = name.low;
  TRY(const Comparison comparison,
      harness.compare_train(journal, "minimise " + name.hex(), with.path, without_it.path,
                            options));
  return comparison.ended != Ended::Done || comparison.interval.ratio < does_not_pay;
}

} // namespace

Result<Candidate> minimise(const Harness& harness, Journal& journal, const Candidate& candidate,
                           const Budget& budget, double until) {
  Candidate best = candidate;
  TRY(Binary binary, harness.replica->build(best));
  for (std::size_t function = best.plans.size(); function-- > 0;) {
    if (best.plans[function].target != harness.replica->target().path) {
      continue; // another target's plan: not ours to change
    }
    for (std::size_t element = elements(best.plans[function].plan).size();
         element-- > 0 && budget.left() > until;) {
      const std::size_t functions = best.plans.size();
      Candidate reduced = reduce(best, function, element);
      if (reduced.plans.empty()) {
        continue;
      }
      auto smaller = harness.replica->build(reduced);
      if (!smaller || smaller->code == harness.replica->baseline().code) {
        continue;
      }
      bool drop = smaller->code == binary.code;
      if (!drop) {
        Hasher name;
        name.digest(digest(best)).digest(digest(reduced));
        TRY(const bool needed, pays(harness, journal, binary, *smaller, name.finish()));
        drop = !needed;
      }
      if (drop) {
        best = std::move(reduced);
        binary = std::move(*smaller);
        if (best.plans.size() < functions) {
          break;
        }
      }
    }
  }
  return best;
}

} // namespace autopass
