// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The winner's curse: of many candidates without effect, the best looks good by luck. So a measured
// log ratio r with standard error s counts as r * t^2 / (t^2 + s^2), where t is the size of effects
// that single levers have. With s = 1.5 % (five pairs on a noisy program) and t = 3 %, a measured
// 2 % counts as 1.6 %; with s = 4 % it counts as 0.7 % and leads nobody anywhere.
//
// Levers are tried on top of the profile that won. Where that gains 4 %, a lever that loses 2 % still makes a
// candidate that is faster than stock code: to join it with others would be a loss. So a candidate is held against
// the profiles in it alone, where those were measured, and only what it has beyond them is a lever's gain.
#include "history.h"

#include <algorithm>
#include <cmath>

namespace autopass {

namespace {

constexpr double typical_effect = 0.03;
constexpr double layout_luck = 0.006; // standard deviation of what moving code does by itself
constexpr double least_error = 0.002;
constexpr double least_gain = 0.006; // shrunk; less than this is nothing
constexpr double least_more = 0.004; // likewise, on top of a profile: small gains add up

// `noise_percent` is the half width of the 95 % interval that nine pairs give.
double standard_error(const Interval& interval, double noise_percent) {
  const double pairs = static_cast<double>(std::max<std::size_t>(interval.pairs, 1));
  const double expected = noise_percent / 100 / 1.96 * std::sqrt(9 / pairs);
  const bool finite = interval.low > 0 && std::isfinite(interval.high);
  const double seen = finite ? std::log(interval.high / interval.low) / 2 / 1.96 : expected;
  return std::max({seen, expected, least_error});
}

// A candidate with the machine code of another carries that one's interval, or none: no news.
bool was_measured(const Trial& trial) {
  return trial.interval.pairs > 0 && !trial.diagnosis.starts_with(same_code);
}

void pool(Known& known, const Trial& trial, double noise_percent) {
  const double ratio = trial.interval.ratio;
  if (!was_measured(trial) || !(ratio > 0) || !std::isfinite(ratio)) {
    return;
  }
  const double before = static_cast<double>(known.pairs);
  const double added = static_cast<double>(trial.interval.pairs);
  const double error = standard_error(trial.interval, noise_percent);
  known.log_ratio = (known.log_ratio * before + std::log(ratio) * added) / (before + added);
  known.sigma = known.pairs == 0
                    ? error
                    : 1 / std::sqrt(1 / (known.sigma * known.sigma) + 1 / (error * error));
  known.pairs += trial.interval.pairs;
}

void note_counted(Known& known) {
  std::vector<std::string> profiles;
  for (const FunctionPlan& plan : known.proposal->plans) {
    known.calls += plan.plan.calls.size();
    if (plan.plan.profile) {
      profiles.push_back(plan.function.hex() + digest(*plan.plan.profile).hex());
    }
  }
  std::sort(profiles.begin(), profiles.end());
  for (const std::string& profile : profiles) {
    known.counted += profile;
  }
}

} // namespace

std::string plans_key(const std::vector<FunctionPlan>& plans) {
  std::vector<std::string> parts;
  for (const FunctionPlan& plan : plans) {
    // A profile is thousands of numbers, in each of hundreds of plans: by its digest.
    parts.push_back(plan.function.hex() + (plan.plan.profile ? digest(*plan.plan.profile).hex() : "") +
                    print(without_profile(plan.plan)));
  }
  std::sort(parts.begin(), parts.end());
  std::string key;
  for (const std::string& part : parts) {
    key += part + '\n';
  }
  return key;
}

bool has_profile(const std::vector<FunctionPlan>& plans) {
  return std::any_of(plans.begin(), plans.end(),
                     [](const FunctionPlan& plan) { return plan.plan.profile.has_value(); });
}

bool is_profile(const std::vector<FunctionPlan>& plans) {
  return !plans.empty() && std::all_of(plans.begin(), plans.end(), [](const FunctionPlan& plan) {
    return plan.plan.profile && without_counts(plan.plan).empty();
  });
}

Plan without_profile(Plan plan) {
  plan.profile.reset();
  return plan;
}

std::vector<FunctionPlan> without_profiles(const std::vector<FunctionPlan>& plans) {
  std::vector<FunctionPlan> left;
  for (const FunctionPlan& plan : plans) {
    if (Plan rest = without_counts(plan.plan); !rest.empty()) {
      left.push_back({plan.function, std::move(rest)});
    }
  }
  return left;
}

History::History(const SearchState& state) {
  for (const Trial& trial : state.trials) {
    std::string key = plans_key(trial.proposal.plans);
    Known& known = m_known[key];
    if (known.trials++ == 0) {
      known.key = std::move(key);
      known.proposal = &trial.proposal;
      note_counted(known);
    }
    known.broken |= trial.verdict == Verdict::WrongOutput || trial.verdict == Verdict::Invalid ||
                    trial.verdict == Verdict::Failed;
    m_measured += was_measured(trial) ? 1 : 0;
    pool(known, trial, state.noise_percent);
  }
  for (auto& [key, known] : m_known) {
    known.base = base_of(known);
  }
  for (const bool with_base : {false, true}) { // a base has none itself
    for (auto& [key, known] : m_known) {
      if (known.measured() && (known.base != nullptr) == with_base) {
        judge(known);
      }
    }
  }
  std::sort(m_winners.begin(), m_winners.end(), [](const Known* left, const Known* right) {
    return left->gain != right->gain ? left->gain > right->gain : left->key < right->key;
  });
}

// With the most calls that it may have, too: profiles are tried with and without them.
const Known* History::base_of(const Known& known) const {
  const Known* base = nullptr;
  if (known.counted.empty() || is_profile(known.proposal->plans)) {
    return base;
  }
  for (const auto& [key, other] : m_known) {
    if (other.measured() && other.counted == known.counted && other.calls <= known.calls &&
        (base == nullptr || other.calls > base->calls) && is_profile(other.proposal->plans)) {
      base = &other;
    }
  }
  return base;
}

void History::judge(Known& known) {
  const Known none;
  const Known& base = known.base != nullptr ? *known.base : none;
  const double more = known.log_ratio - base.log_ratio;
  const double error = std::hypot(known.sigma, base.sigma);
  const double variance = error * error + layout_luck * layout_luck;
  const double shrunk =
      more * typical_effect * typical_effect / (typical_effect * typical_effect + variance);
  known.gain = base.gain + shrunk;
  if (shrunk > (known.base != nullptr ? least_more : least_gain) && more > error) {
    m_winners.push_back(&known);
  }
}

// Of those that are as fast as the best within their errors the one of most functions, which was tried first: what
// was tried on top of it need not be tried again on top of another.
const Known* History::best_profile() const {
  const Known *fastest = nullptr, *chosen = nullptr;
  for (const Known* known : m_winners) {
    if (!is_profile(known->proposal->plans)) {
      continue;
    }
    if (fastest == nullptr) {
      fastest = chosen = known;
    }
    const bool as_fast = known->log_ratio > fastest->log_ratio - 2 * std::hypot(known->sigma, fastest->sigma);
    if (as_fast && known->proposal->plans.size() > chosen->proposal->plans.size()) {
      chosen = known;
    }
  }
  return chosen;
}

bool History::knows_profiles() const {
  return std::any_of(m_known.begin(), m_known.end(), [](const auto& known) {
    return is_profile(known.second.proposal->plans);
  });
}

const Known* History::find(const std::string& key) const {
  const auto found = m_known.find(key);
  return found == m_known.end() ? nullptr : &found->second;
}

} // namespace autopass
