// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "placing.h"

#include "agents/guard.h"
#include "agents/values.h"
#include "findings.h"
#include "util/text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace autopass {

namespace {

constexpr std::size_t most_hinted = 8; // innermost loops of one function that get hints
constexpr double most_predicted = 25; // percent

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
  return lever.kind == Kind::Pipeline ? "without " + std::string(lever.entry)
                                  : std::string(lever.entry) + "=" + std::string(lever.value);
}

} // namespace

double percent_of(double log_ratio) {
  return 100 * log_ratio;
}

Proposal make_proposal(std::vector<FunctionPlan> plans, std::string hypothesis, double percent) {
  return {std::move(plans), std::move(hypothesis), predicted(percent), "expert"};
}

Placing::Placing(const SearchState& state, const History& history) : m_state(state) {
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
  const double profile = history.best_profile() != nullptr ? history.best_profile()->gain : 0;
  for (const auto& [key, known] : history.all()) {
    const Lever* lever = known.measured() ? only_lever(known.proposal->plans) : nullptr;
    if (lever != nullptr) {
      const bool on_top = has_profile(known.proposal->plans);
      m_lessons.emplace_back(lever, known.gain - (on_top ? profile : 0));
    }
  }
}

bool Placing::fits(const Lever& lever, std::size_t subject) const {
  const FunctionEvidence& evidence = m_state.subjects[subject].evidence;
  const Entry* entry = find_entry(lever.kind, lever.entry);
  if (entry == nullptr || (m_traits[subject] & lever.needs) == 0 || (m_traits[subject] & lever.never) != 0 ||
      !allowed_for(*entry, m_state.subjects[subject])) {
    return false;
  }
  if (lever.kind == Kind::Pipeline) {
    return !did_nothing(evidence, lever.entry);
  }
  if (lever.kind == Kind::Loops && hot_loops(evidence, most_hinted).empty()) {
    return false;
  }
  const std::string value = lever.value == "{cpu}" ? m_state.cpu : std::string(lever.value);
  return fit_value(*entry, Value(value)).has_value();
}

Plan Placing::plan_of(const Lever& lever, std::size_t subject) const {
  const Entry& entry = *find_entry(lever.kind, lever.entry);
  const std::string value = lever.value == "{cpu}" ? m_state.cpu : std::string(lever.value);
  Plan plan;
  if (lever.kind == Kind::Pipeline) {
    add_setting(plan, entry, Value(std::int64_t{0}));
  } else {
    add_setting(plan, entry, *fit_value(entry, Value(value)),
                hot_loops(m_state.subjects[subject].evidence, most_hinted));
  }
  normalise(plan);
  return plan;
}

// What measured levers of the same family say: the same direction shares a part of its outcome, the
// opposite one gets it with the other sign.
double Placing::learned(const Lever& lever) const {
  double sum = 0;
  for (const auto& [other, gain] : m_lessons) {
    if (other->family == lever.family) {
      sum += 0.35 * percent_of(gain) * other->direction * lever.direction;
    }
  }
  return std::clamp(sum, -3.0, 3.0);
}

// Most levers are first tried everywhere they fit. Whether a function is better kept out of line is a
// question of its own for each: one that loses would hide one that wins.
std::vector<Placed> Placing::all() const {
  std::vector<Placed> all;
  for (const Lever& lever : levers()) {
    const bool apart = lever.needs == trait::callee;
    Placed place{&lever, {}, 0};
    for (std::size_t i = 0; i < m_state.subjects.size(); ++i) {
      // A callee without time of its own is only ever pulled out of its caller here.
      const bool callee = m_state.subjects[i].share <= 0;
      if (callee != (lever.needs == trait::callee) || !fits(lever, i)) {
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
std::string Placing::cite(const Lever& lever, std::size_t subject) const {
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

Proposal Placing::propose(const Lever& lever, const std::vector<std::size_t>& where,
                        double percent) const {
  std::vector<FunctionPlan> plans;
  for (const std::size_t subject : where) {
    plans.push_back({m_state.subjects[subject].evidence.fingerprint, plan_of(lever, subject)});
  }
  const Subject& first = m_state.subjects[where.front()];
  std::string others = where.size() > 1 ? format(" and %zu more", where.size() - 1) : "";
  std::string value =
      lever.value == "{cpu}" ? std::string(lever.entry) + "=" + m_state.cpu : lever_text(lever);
  return make_proposal(std::move(plans),
              format("%s on %.60s%s: %s (%s; %.0f %% of the time)", value.c_str(),
                     first.evidence.function.c_str(), others.c_str(),
                     std::string(lever.why).c_str(), cite(lever, where.front()).c_str(),
                     100 * first.share),
              percent);
}

} // namespace autopass
