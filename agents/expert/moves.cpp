// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "moves.h"

#include "agents/guard.h"
#include "agents/values.h"
#include "findings.h"
#include "util/text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <utility>

namespace autopass {

namespace {

constexpr std::size_t most_loops = 8;  // innermost loops of one function that get hints
constexpr std::size_t most_joined = 6; // winners that are joined at once
constexpr double least_split_share = 0.05;
constexpr double most_predicted = 25; // percent

double percent_of(double log_ratio) {
  return 100 * log_ratio;
}

// Half of what is hoped for: levers lose about as often as they win.
double predicted(double percent) {
  return std::exp(std::clamp(percent, -5.0, most_predicted) / 200);
}

// A pass that ran and changed nothing need not be left out.
bool did_nothing(const FunctionEvidence& evidence, std::string_view pass) {
  return std::any_of(evidence.passes.begin(), evidence.passes.end(), [&](const PassEvidence& one) {
    return one.pass == pass && one.runs > 0 && one.changed == 0;
  });
}

std::string lever_text(const Lever& lever) {
  return lever.kind == Kind::Skip ? "without " + std::string(lever.entry)
                                  : std::string(lever.entry) + "=" + std::string(lever.value);
}

Proposal make(std::vector<FunctionPlan> plans, std::string hypothesis, double percent) {
  return {std::move(plans), std::move(hypothesis), predicted(percent), "expert"};
}

} // namespace

struct Moves::Placed {
  const Lever* lever;
  std::vector<std::size_t> where;
  double percent; // expected, of the whole target
};

Moves::Moves(const SearchState& state, const History& history)
    : m_state(state), m_history(history) {
  Traits hot = 0;
  for (std::size_t i = 0; i < state.subjects.size(); ++i) {
    static const std::vector<Finding> none;
    m_traits.push_back(
        traits(state.subjects[i], i < state.findings.size() ? state.findings[i] : none));
    const Subject& subject = state.subjects[i];
    m_weights.push_back(subject.share > 0 ? subject.share : std::min(5 * subject.score, 1.0));
    hot |= subject.share > 0 ? m_traits.back() : 0;
  }
  // A callee that was inlined away left its loops in its caller: what is there may be its own.
  for (std::size_t i = 0; i < m_traits.size(); ++i) {
    if (state.subjects[i].share <= 0) {
      m_traits[i] |= hot | trait::callee;
    }
  }
  for (const auto& [key, known] : history.all()) {
    const Lever* lever = known.measured() ? only_lever(known.proposal->plans) : nullptr;
    if (lever != nullptr) {
      m_lessons.emplace_back(lever, known.gain);
    }
  }
}

bool Moves::fits(const Lever& lever, std::size_t subject, Traits bits) const {
  const FunctionEvidence& evidence = m_state.subjects[subject].evidence;
  const Entry* entry = find_entry(lever.kind, lever.entry);
  if (entry == nullptr || (bits & lever.needs) == 0 ||
      !allowed_for(*entry, m_state.subjects[subject])) {
    return false;
  }
  if (lever.kind == Kind::Skip) {
    return !did_nothing(evidence, lever.entry);
  }
  if (lever.kind == Kind::Loops && hot_loops(evidence, most_loops).empty()) {
    return false;
  }
  const std::string value = lever.value == "{cpu}" ? m_state.cpu : std::string(lever.value);
  return fit_value(*entry, Value(value)).has_value();
}

Plan Moves::plan_of(const Lever& lever, std::size_t subject) const {
  const Entry& entry = *find_entry(lever.kind, lever.entry);
  const std::string value = lever.value == "{cpu}" ? m_state.cpu : std::string(lever.value);
  Plan plan;
  if (lever.kind == Kind::Skip) {
    add_setting(plan, entry, Value(std::int64_t{0}));
  } else {
    add_setting(plan, entry, *fit_value(entry, Value(value)),
                hot_loops(m_state.subjects[subject].evidence, most_loops));
  }
  normalise(plan);
  return plan;
}

// What measured levers of the same family say: the same direction shares a part of its outcome, the
// opposite one gets it with the other sign.
double Moves::learned(const Lever& lever) const {
  double sum = 0;
  for (const auto& [other, gain] : m_lessons) {
    if (other->family == lever.family) {
      sum += 0.35 * percent_of(gain) * other->direction * lever.direction;
    }
  }
  return std::clamp(sum, -3.0, 3.0);
}

// Most levers are first tried everywhere they fit. Whether a function is better kept out of line, or
// its loop nest made anew, is a question of its own for each: one that loses would hide one that wins.
std::vector<Moves::Placed> Moves::placed() const {
  std::vector<Placed> all;
  for (const Lever& lever : levers()) {
    const bool apart = lever.needs == trait::callee || lever.kind == Kind::Pipeline;
    Placed place{&lever, {}, 0};
    for (std::size_t i = 0; i < m_state.subjects.size(); ++i) {
      // A callee without time of its own is only ever pulled out of its caller here.
      const bool callee = m_state.subjects[i].share <= 0;
      if (callee != (lever.needs == trait::callee) || !fits(lever, i, m_traits[i])) {
        continue;
      }
      const int liked = std::popcount(m_traits[i] & lever.likes);
      place.where.push_back(i);
      place.percent += m_weights[i] * lever.prior * (1 + 0.5 * std::min(liked, 2));
      if (apart) {
        all.push_back(std::exchange(place, {&lever, {}, 0}));
      }
    }
    if (!place.where.empty()) {
      all.push_back(std::move(place));
    }
  }
  for (Placed& place : all) {
    place.percent += learned(*place.lever);
  }
  std::stable_sort(all.begin(), all.end(), [](const Placed& left, const Placed& right) {
    return left.percent != right.percent ? left.percent > right.percent : left.lever < right.lever;
  });
  return all;
}

// "loop 2: 5 branches in 40 instructions": the first finding that speaks for the lever.
std::string Moves::cite(const Lever& lever, std::size_t subject) const {
  if (subject < m_state.findings.size()) {
    for (const Traits wanted : {lever.likes, lever.needs}) {
      for (const Finding& finding : m_state.findings[subject]) {
        if ((traits_of(finding.name) & wanted) != 0) {
          return finding.name + ", " + finding.detail;
        }
      }
    }
  }
  const FunctionEvidence& evidence = m_state.subjects[subject].evidence;
  return format("%zu loops, %d branches, %d calls", evidence.loops.size(), evidence.branches,
                evidence.calls);
}

Proposal Moves::propose(const Lever& lever, const std::vector<std::size_t>& where,
                        double percent) const {
  std::vector<FunctionPlan> plans;
  for (const std::size_t subject : where) {
    plans.push_back({m_state.subjects[subject].evidence.fingerprint, plan_of(lever, subject)});
  }
  const Subject& first = m_state.subjects[where.front()];
  std::string others = where.size() > 1 ? format(" and %zu more", where.size() - 1) : "";
  std::string value =
      lever.value == "{cpu}" ? std::string(lever.entry) + "=" + m_state.cpu : lever_text(lever);
  return make(std::move(plans),
              format("%s on %.60s%s: %s (%s; %.0f %% of the time)", value.c_str(),
                     first.evidence.function.c_str(), others.c_str(),
                     std::string(lever.why).c_str(), cite(lever, where.front()).c_str(),
                     100 * first.share),
              percent);
}

std::vector<Proposal> Moves::singles() const {
  std::vector<Proposal> all;
  for (const Placed& place : placed()) {
    all.push_back(propose(*place.lever, place.where, place.percent));
  }
  return all;
}

std::vector<Proposal> Moves::one_function() const {
  std::vector<Proposal> all;
  for (const Placed& place : placed()) {
    for (const std::size_t subject : place.where) {
      if (place.where.size() > 1 && m_weights[subject] >= 2 * least_split_share) {
        all.push_back(propose(*place.lever, {subject}, place.percent * m_weights[subject]));
      }
    }
  }
  return all;
}

std::vector<Proposal> Moves::splits() const {
  std::vector<Proposal> all;
  for (const Known* known : m_history.winners()) {
    const std::vector<FunctionPlan>& plans = known->proposal->plans;
    for (std::size_t i = 0; i < m_state.subjects.size() && plans.size() > 1; ++i) {
      const Subject& subject = m_state.subjects[i];
      for (const FunctionPlan& plan : plans) {
        if (plan.function == subject.evidence.fingerprint && subject.share >= least_split_share) {
          all.push_back(
              make({plan},
                   format("%.60s alone may hold the gain of: %.160s",
                          subject.evidence.function.c_str(), known->proposal->hypothesis.c_str()),
                   percent_of(known->gain)));
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
  return make(join_plans(base.proposal->plans, more.plans),
              format("joined with the best so far (%.3fx): %.240s", std::exp(base.log_ratio),
                     more.hypothesis.c_str()),
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
        make(std::move(together),
             format("the %zu best levers that do not contradict one another", count),
             3 * percent_of(best.gain));
    all.insert(all.begin() + std::min<std::ptrdiff_t>(1, std::ssize(all)), std::move(everything));
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
        all.push_back(make(replace(*fitted),
                           format("%s=%s won, so %s is worth a look",
                                  std::string(entry.name).c_str(), value.c_str(), next.c_str()),
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
    const bool possible =
        known.measured() && known.log_ratio > -0.03 && known.proposal->plans.size() == 1;
    const Plan* plan = possible ? &known.proposal->plans.front().plan : nullptr;
    if (plan == nullptr || elements(*plan).size() != 1 || plan->attrs.size() != 1 ||
        plan->attrs.front().name != "noinline") {
      continue;
    }
    for (std::size_t i = 0; i < m_state.subjects.size(); ++i) {
      if (m_state.subjects[i].evidence.fingerprint != known.proposal->plans.front().function) {
        continue;
      }
      std::size_t count = 0;
      for (const Lever& lever : levers()) {
        if (count < 8 && lever.needs != trait::callee && lever.kind != Kind::Loops &&
            fits(lever, i, m_traits[i])) {
          if (auto joint =
                  joined(known, propose(lever, {i}, lever.prior * m_weights[i]), lever.prior)) {
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
  for (const Placed& place : placed()) {
    const Proposal single = propose(*place.lever, place.where, place.percent);
    const Known* alone = m_history.find(plans_key(single.plans));
    // What hurt alone is left alone; what did nothing may act on changed code.
    if (alone != nullptr && (alone->broken || alone->log_ratio < -0.01)) {
      continue;
    }
    if (auto joint = joined(*best, single, 2 * percent_of(best->gain) + place.percent / 2)) {
      all.push_back(std::move(*joint));
    }
  }
  return all;
}

} // namespace autopass
