// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "moves.h"

#include "agents/values.h"
#include "slowed.h"
#include "util/text.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

namespace autopass {

namespace {

constexpr std::size_t most_joined = 6; // winners that are joined at once
constexpr double least_split_share = 0.05;
constexpr double profile_percent = 8; // what real programs gain by their profile

} // namespace

Moves::Moves(const SearchState& state, const History& history)
    : m_state(state), m_history(history), m_placing(state, history) {}

// Most of the gain sits in few functions, and some of the others lose: fewer may be more, and so may be
// the branches without the calls.
std::vector<Proposal> Moves::profiles() const {
  std::vector<Proposal> all;
  const std::size_t counted = m_state.profiles.size();
  const auto propose = [&](std::size_t wanted, bool with_calls) {
    if (wanted == 0 || wanted > counted) {
      return;
    }
    std::vector<FunctionPlan> plans(m_state.profiles.begin(),
                                    m_state.profiles.begin() + static_cast<std::ptrdiff_t>(wanted));
    std::size_t calls = 0;
    for (FunctionPlan& plan : plans) {
      if (!with_calls) {
        plan.plan.calls.clear();
      }
      calls += plan.plan.calls.size();
    }
    all.push_back(make_proposal(
        std::move(plans),
        format("branch profile of %s%zu function%s%s: the compiler lays out, inlines and spills for the "
               "paths that were counted",
               wanted < counted ? "the hottest " : "", wanted, wanted == 1 ? "" : "s",
               calls > 0 ? format(", %zu hot calls inlined", calls).c_str() : ""),
        profile_percent));
  };
  propose(counted, true);
  propose(counted, false);
  for (const std::size_t wanted : {std::size_t{30}, std::size_t{10}, std::size_t{100}}) {
    propose(wanted, true);
    propose(wanted, false);
  }
  return all;
}

Proposal Moves::on_profile(Proposal proposal, double percent) const {
  const Known* profile = m_history.best_profile();
  auto joint = profile == nullptr
                   ? std::nullopt
                   : joined(*profile, proposal, percent_of(profile->gain) + percent);
  return joint ? std::move(*joint) : std::move(proposal);
}

std::vector<Proposal> Moves::singles() const {
  std::vector<Proposal> all;
  for (const Placed& place : m_placing.all()) {
    all.push_back(on_profile(m_placing.propose(*place.lever, place.where, place.percent), place.percent));
  }
  return all;
}

std::vector<Proposal> Moves::one_function() const {
  std::vector<Proposal> all;
  for (const Placed& place : m_placing.all()) {
    for (const std::size_t subject : place.where) {
      if (place.where.size() > 1 && m_placing.weight(subject) >= 2 * least_split_share) {
        const double percent = place.percent * m_placing.weight(subject);
        all.push_back(on_profile(m_placing.propose(*place.lever, {subject}, percent), percent));
      }
    }
  }
  return all;
}

std::vector<Proposal> Moves::splits() const {
  std::vector<Proposal> all;
  for (const Known* known : m_history.winners()) {
    const std::vector<FunctionPlan> plans = without_profiles(known->proposal->plans);
    for (std::size_t i = 0; i < m_state.subjects.size() && plans.size() > 1; ++i) {
      const Subject& subject = m_state.subjects[i];
      for (const FunctionPlan& plan : plans) {
        if (plan.function == subject.evidence.fingerprint && subject.share >= least_split_share) {
          const Proposal alone = make_proposal(
              {plan},
              format("%.60s alone may hold the gain of: %.160s", subject.evidence.function.c_str(),
                     known->proposal->hypothesis.c_str()),
              percent_of(known->gain));
          all.push_back(on_profile(alone, 0)); // which has a part of what the profile does not gain
        }
      }
    }
  }
  return all;
}

std::optional<Proposal> Moves::joined(const Known& base, const Proposal& more,
                                      double percent) const {
  if (in_conflict(base.proposal->plans, more.plans)) {
    return std::nullopt;
  }
  return make_proposal(join_plans(base.proposal->plans, more.plans),
                       format("joined with the best so far (%.3fx): %.240s",
                              std::exp(base.log_ratio), more.hypothesis.c_str()),
                       percent);
}

std::vector<Proposal> Moves::combinations() const {
  std::vector<Proposal> all;
  const std::vector<const Known*>& winners = m_history.winners();
  if (winners.size() < 2) {
    return all;
  }
  const Known& best = *winners.front();
  for (std::size_t i = 1; i < winners.size(); ++i) {
    // Two gains seldom add up: count on half of the smaller one.
    const double percent = 2 * percent_of(best.gain) + percent_of(winners[i]->gain);
    if (auto joint = joined(best, *winners[i]->proposal, percent)) {
      all.push_back(std::move(*joint));
    }
  }
  std::vector<FunctionPlan> together = best.proposal->plans;
  std::size_t count = 1;
  for (std::size_t i = 1; i < winners.size() && count < most_joined; ++i) {
    if (!in_conflict(together, winners[i]->proposal->plans)) {
      together = join_plans(together, winners[i]->proposal->plans);
      ++count;
    }
  }
  if (count > 2) {
    Proposal everything =
        make_proposal(std::move(together),
                      format("the %zu best levers that do not contradict one another", count),
                      3 * percent_of(best.gain));
    all.insert(all.begin() + std::min<std::ptrdiff_t>(1, std::ssize(all)), std::move(everything));
  }
  return all;
}

std::vector<Proposal> Moves::relieved() const {
  std::vector<Proposal> all;
  for (const Slowed& found : slowed(m_history)) {
    const std::size_t elements = std::accumulate(
        found.added.begin(), found.added.end(), std::size_t{0},
        [](std::size_t sum, const FunctionPlan& plan) { return sum + parts(plan.plan).size(); });
    std::set<std::string> different;
    for (const FunctionPlan& plan : found.added) {
      for (const std::string& element : autopass::elements(plan.plan)) {
        different.insert(element);
      }
    }
    // One, in however many functions, is to blame itself; many are of a profile, say.
    if (different.size() < 2 || elements > most_joined) {
      continue;
    }
    for (const FunctionPlan& plan : found.added) {
      for (const Plan& element : parts(plan.plan)) {
        auto left = beyond(found.whole->proposal->plans, {{plan.function, element}});
        if (left) {
          all.push_back(make_proposal(
              std::move(*left),
              format("joined, these are slower (%.3fx) than a part of them (%.3fx): without %s?",
                     std::exp(found.whole->log_ratio), std::exp(found.part->log_ratio),
                     join(autopass::elements(element), ", ").c_str()),
              percent_of(found.part->gain)));
        }
      }
    }
  }
  return all;
}

std::vector<Proposal> Moves::neighbours() const {
  std::vector<Proposal> all;
  const Known* best = m_history.best();
  if (best == nullptr) {
    return all;
  }
  const auto step = [&](const Entry& entry, const std::string& value, auto&& replace) {
    const auto rungs = ladder(entry.kind, entry.name);
    const auto at = std::find(rungs.begin(), rungs.end(), value);
    for (const std::ptrdiff_t offset : {1, -1}) {
      const std::ptrdiff_t index = at - rungs.begin() + offset;
      if (at == rungs.end() || index < 0 || index >= std::ssize(rungs)) {
        continue;
      }
      const std::string next(rungs[static_cast<std::size_t>(index)]);
      if (const std::optional<Value> fitted = fit_value(entry, Value(next))) {
        all.push_back(make_proposal(
            replace(*fitted),
            format("%s=%s won, so %s is worth a look", std::string(entry.name).c_str(),
                   value.c_str(), next.c_str()),
            2 * percent_of(best->gain)));
      }
    }
  };
  // The same number moves in every function that has it.
  const auto replaced = [&](Kind kind, const std::string& name, const Value& value) {
    std::vector<FunctionPlan> plans = best->proposal->plans;
    for (FunctionPlan& plan : plans) {
      for (Setting& setting : kind == Kind::Params ? plan.plan.params : plan.plan.codegen) {
        if (setting.name == name) {
          setting.value = value;
        }
      }
    }
    return plans;
  };
  for (const FunctionPlan& plan : best->proposal->plans) {
    for (const Kind kind : {Kind::Params, Kind::Codegen}) {
      for (const Setting& setting : kind == Kind::Params ? plan.plan.params : plan.plan.codegen) {
        if (const Entry* entry = find_entry(kind, setting.name)) {
          step(*entry, show_value(setting.value),
               [&](const Value& value) { return replaced(kind, setting.name, value); });
        }
      }
    }
  }
  return all;
}

std::vector<Proposal> Moves::unhidden() const {
  std::vector<Proposal> all;
  for (const auto& [key, known] : m_history.all()) {
    // Keeping a kernel out of line may cost a little by itself and still let levers reach it.
    const std::vector<FunctionPlan> plans = without_profiles(known.proposal->plans);
    const bool possible = known.measured() && known.log_ratio > -0.03 && plans.size() == 1;
    const Plan* plan = possible ? &plans.front().plan : nullptr;
    if (plan == nullptr || elements(*plan).size() != 1 || plan->attrs.size() != 1 ||
        plan->attrs.front().name != "noinline") {
      continue;
    }
    for (std::size_t i = 0; i < m_state.subjects.size(); ++i) {
      if (m_state.subjects[i].evidence.fingerprint != plans.front().function) {
        continue;
      }
      std::size_t count = 0;
      for (const Lever& lever : levers()) {
        if (count < 8 && lever.needs != trait::callee && lever.kind != Kind::Loops &&
            m_placing.fits(lever, i)) {
          const double percent = lever.prior * m_placing.weight(i);
          if (auto joint = joined(known, m_placing.propose(lever, {i}, percent), lever.prior)) {
            all.push_back(std::move(*joint));
            ++count;
          }
        }
      }
    }
  }
  return all;
}

std::vector<Proposal> Moves::on_top() const {
  std::vector<Proposal> all;
  const Known* best = m_history.best();
  if (best == nullptr) {
    return all;
  }
  for (const Placed& place : m_placing.all()) {
    const Proposal single = m_placing.propose(*place.lever, place.where, place.percent);
    const Known* alone = m_history.find(plans_key(on_profile(single, place.percent).plans));
    // What hurt alone is left alone; what did nothing may act on changed code.
    const double without = alone != nullptr && alone->base != nullptr ? alone->base->log_ratio : 0;
    if (alone != nullptr && (alone->broken || alone->log_ratio - without < -0.01)) {
      continue;
    }
    if (auto joint = joined(*best, single, 2 * percent_of(best->gain) + place.percent / 2)) {
      all.push_back(std::move(*joint));
    }
  }
  return all;
}

} // namespace autopass
