// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "minimise.h"

#include "candidate.h"
#include "steering.h"

#include <algorithm>
#include <utility>

namespace autopass {
namespace {

constexpr double does_not_pay = 0.995; // time with over time without, above this: drop it

// The candidate without one element; a plan with nothing left goes as a whole, and what builds have anyway
// takes its place.
Candidate reduce(const Candidate& candidate, std::size_t function, std::size_t element,
                 const Candidate& others) {
  Candidate reduced = candidate;
  auto& plan = reduced.plans[function].plan;
  plan = without(plan, element);
  if (plan.empty()) {
    reduced.plans.erase(reduced.plans.begin() + static_cast<std::ptrdiff_t>(function));
  }
  return with_others(std::move(reduced), others);
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

bool is_ours(const Harness& harness, const StoredPlan& plan) {
  return plan.target == harness.replica->target().path;
}

// How much went on in the function when it was counted.
double heat(const Plan& plan) {
  double all = static_cast<double>(plan.profile->entry);
  for (const auto& point : plan.profile->weights) {
    for (const auto weight : point) {
      all += weight;
    }
  }
  return all;
}

// Profiles, the hottest first.
std::vector<std::size_t> profiled(const Harness& harness, const Candidate& candidate) {
  std::vector<std::pair<double, std::size_t>> by_heat;
  for (std::size_t i = 0; i < candidate.plans.size(); ++i) {
    if (is_ours(harness, candidate.plans[i]) && candidate.plans[i].plan.profile) {
      by_heat.emplace_back(-heat(candidate.plans[i].plan), i);
    }
  }
  std::sort(by_heat.begin(), by_heat.end());
  std::vector<std::size_t> places;
  for (const auto& [heat, place] : by_heat) {
    places.push_back(place);
  }
  return places;
}

// The candidate with the profiles at these places gone.
Candidate without_profiles(Candidate candidate, std::vector<std::size_t> places,
                           const Candidate& others) {
  std::sort(places.rbegin(), places.rend());
  for (const std::size_t place : places) {
    Plan& plan = candidate.plans[place].plan;
    plan = without_steering(plan);
    if (plan.empty()) {
      candidate.plans.erase(candidate.plans.begin() + static_cast<std::ptrdiff_t>(place));
    }
  }
  return with_others(std::move(candidate), others);
}

Digest name_of(const Candidate& with, const Candidate& without_it) {
  Hasher name;
  name.digest(digest(with)).digest(digest(without_it));
  return name.finish();
}

// A profile is about many functions, and the hottest few hold most of its gain. To drop them one by one
// takes too long: the colder half goes, as long as all that has gone is not missed; in the end, beside other
// elements, the last.
Result<Candidate> halve_profiles(const Harness& harness, Journal& journal, const Candidate& candidate,
                                 const Candidate& others, const Budget& budget, double until) {
  Candidate best = candidate;
  const std::vector<std::size_t> places = profiled(harness, candidate);
  TRY(const Binary all, harness.replica->build(candidate));
  for (std::size_t kept = places.size(); kept > 0 && budget.left() > until;) {
    kept /= 2;
    const Candidate reduced = without_profiles(
        candidate, {places.begin() + static_cast<std::ptrdiff_t>(kept), places.end()}, others);
    if (std::none_of(reduced.plans.begin(), reduced.plans.end(),
                     [&](const StoredPlan& plan) { return is_ours(harness, plan); })) {
      break;
    }
    const auto smaller = harness.replica->build(reduced);
    if (!smaller) {
      break;
    }
    if (smaller->code != all.code) {
      TRY(const bool needed,
          pays(harness, journal, all, *smaller, name_of(candidate, reduced)));
      if (needed) {
        break;
      }
    }
    best = reduced;
  }
  return best;
}

// What halve_profiles() decides on.
bool is_steering(const Plan& plan, std::size_t element) {
  return without_steering(without(plan, element)) == without_steering(plan);
}

} // namespace

Result<Candidate> minimise(const Harness& harness, Journal& journal, const Candidate& candidate,
                           const Candidate& others, const Budget& budget, double until) {
  TRY(const Binary nothing_new, harness.replica->build(others));
  TRY(Candidate best, halve_profiles(harness, journal, candidate, others, budget, until));
  TRY(Binary binary, harness.replica->build(best));
  for (std::size_t function = best.plans.size(); function-- > 0;) {
    if (!is_ours(harness, best.plans[function])) {
      continue; // another target's plan: not ours to change
    }
    for (std::size_t element = elements(best.plans[function].plan).size();
         element-- > 0 && budget.left() > until;) {
      if (is_steering(best.plans[function].plan, element)) {
        continue;
      }
      const std::size_t functions = best.plans.size();
      Candidate reduced = reduce(best, function, element, others);
      auto smaller = harness.replica->build(reduced);
      if (!smaller || smaller->code == nothing_new.code) {
        continue;
      }
      bool drop = smaller->code == binary.code;
      if (!drop) {
        TRY(const bool needed,
            pays(harness, journal, binary, *smaller, name_of(best, reduced)));
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
