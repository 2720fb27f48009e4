// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a plan must be, whoever wrote it: every name in the vocabulary, every value of its type and
// inside its range, nothing said twice, and not more of it than a function could ever want.
#include "invalid.h"
#include "nearest.h"
#include "plan.h"
#include "util/text.h"

#include <algorithm>
#include <limits>

namespace autopass {

namespace {

constexpr std::size_t most_settings = 64; // in one part
constexpr std::size_t most_passes = 128;  // in one half, or at one place
constexpr std::size_t most_calls = 256;
constexpr std::int64_t last_loop = 9999, last_call = 99'999;
constexpr std::size_t most_weights = 65'536; // all together
constexpr std::int64_t last_run = 64;

Result<void> check_flag(const Entry& entry, const std::string& place, const Value& value) {
  const bool* flag = std::get_if<bool>(&value);
  if (flag == nullptr) {
    return invalid(place + " must be true or false");
  }
  if (!*flag && entry.low == 1) {
    return invalid(place + " can only be true; leave it out instead");
  }
  if (*flag && entry.high == 0) {
    return invalid(place + " can only be false; leave it out instead");
  }
  return {};
}

Result<void> check_number(const Entry& entry, const std::string& place, const Value& value) {
  const std::int64_t* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr || *number < entry.low || *number > entry.high) {
    return invalid(place + " must be a whole number from " + std::to_string(entry.low) + " to " +
                   std::to_string(entry.high));
  }
  return {};
}

Result<void> check_word(const Entry& entry, const std::string& place, const Value& value) {
  const std::string* word = std::get_if<std::string>(&value);
  const std::vector<std::string> allowed = split(entry.words, '|');
  if (word == nullptr || std::find(allowed.begin(), allowed.end(), *word) == allowed.end()) {
    return invalid(place + " must be one of the strings " + join(allowed, ", "));
  }
  return {};
}

Result<void> check_value(const Entry& entry, const std::string& place, const Value& value) {
  switch (entry.type) {
  case ValueType::Flag: return check_flag(entry, place, value);
  case ValueType::Number: return check_number(entry, place, value);
  case ValueType::Word: return check_word(entry, place, value);
  }
  return {};
}

std::string next_for(std::string_view nearest) {
  return nearest.empty() ? "see `autopass vocabulary`"
                         : "did you mean '" + std::string(nearest) + "'? See `autopass vocabulary`";
}

// Of an entry, option, pass or place that may be null.
template <class Row> std::string_view name_or_none(const Row* row, std::string_view Row::*name) {
  return row == nullptr ? std::string_view() : row->*name;
}

// `find` knows the entry of a name; `what` is what the settings are of.
template <class Find, class Nearest>
Result<void> check_settings(const std::string& what, const std::vector<Setting>& settings,
                            const Find& find, const Nearest& nearest) {
  if (settings.size() > most_settings) {
    return invalid("too many " + what);
  }
  std::vector<std::string_view> names;
  for (const Setting& setting : settings) {
    const std::string place = what + " " + quoted(setting.name);
    const Entry* entry = find(setting.name);
    if (entry == nullptr) {
      return invalid(place + " is not in the vocabulary",
                     next_for(name_or_none(nearest(setting.name), &Entry::name)));
    }
    TRY_VOID(check_value(*entry, place, setting.value));
    names.push_back(setting.name);
  }
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    return invalid(what + " " + quoted(std::string(*twice)) + " is there twice");
  }
  return {};
}

Result<void> check_settings(Kind kind, const std::vector<Setting>& settings) {
  return check_settings(std::string(kind_name(kind)), settings,
                        [&](const std::string& name) { return find_entry(kind, name); },
                        [&](const std::string& name) { return nearest_entry(kind, name); });
}

// LLVM ends a compile that is told both (Scalar/LoopUnrollPass.cpp).
Result<void> check_unrolling(const std::vector<Setting>& params) {
  const auto asks = [&](std::string_view name) {
    return std::any_of(params.begin(), params.end(), [&](const Setting& setting) {
      return setting.name == name && setting.value != Value(std::int64_t{0});
    });
  };
  if (asks("unroll-count") && asks("unroll-peel-count")) {
    return invalid("params 'unroll-count' and 'unroll-peel-count' exclude each other", "leave one of them out");
  }
  return {};
}

Result<void> check_skips(const std::vector<Skip>& skips) {
  if (skips.size() > most_settings) {
    return invalid("too many skips");
  }
  for (const Skip& skip : skips) {
    if (find_skippable(skip.pass) == nullptr) {
      return invalid("skip " + quoted(skip.pass) + " is not a pass that may be left out",
                     next_for(name_or_none(nearest_skippable(skip.pass),
                                           &AdmittedPass::class_name)));
    }
    if (skip.run < 0 || skip.run > last_run) {
      return invalid("skip " + quoted(skip.pass) + ": run must be from 1 to " +
                     std::to_string(last_run));
    }
    if (std::count(skips.begin(), skips.end(), skip) > 1) {
      return invalid("skip " + quoted(skip.pass) + " is there twice");
    }
  }
  return {};
}

Result<void> check_passes(const std::string& place, unsigned half, const std::vector<PassUse>& uses) {
  if (uses.size() > most_passes) {
    return invalid(place + ": too many passes");
  }
  for (const PassUse& use : uses) {
    const AdmittedPass* pass = find_pass(use.pass);
    if (pass == nullptr || (pass->uses & can_insert) == 0) {
      return invalid(place + ": " + quoted(use.pass) + " is not an admitted pass",
                     next_for(name_or_none(nearest_pass(use.pass), &AdmittedPass::id)));
    }
    if (!may_run_in(*pass, half)) {
      return invalid(place + ": " + quoted(use.pass) + " may run in the optimization half alone");
    }
    TRY_VOID(check_settings(place + ": options of " + use.pass, use.options,
                            [&](const std::string& name) { return find_option(*pass, name); },
                            [&](const std::string& name) { return nearest_option(*pass, name); }));
  }
  return {};
}

Result<void> check_insertions(const std::vector<Insertion>& insertions) {
  for (const Insertion& insertion : insertions) {
    const std::string place = "insert at " + quoted(insertion.at);
    const InsertionPoint* point = find_insertion_point(insertion.at);
    if (point == nullptr) {
      return invalid(place + ": there is no such place",
                     next_for(name_or_none(nearest_insertion_point(insertion.at),
                                           &InsertionPoint::name)));
    }
    const auto same = [&](const Insertion& other) { return other.at == insertion.at; };
    if (std::count_if(insertions.begin(), insertions.end(), same) > 1) {
      return invalid(place + " is there twice");
    }
    TRY_VOID(check_passes(place, point->half, insertion.passes));
    for (const PassUse& use : insertion.passes) {
      if (!fits(*find_pass(use.pass), *point)) {
        return invalid(place + ": " + quoted(use.pass) + " cannot run there");
      }
    }
  }
  return {};
}

Result<void> check_pipeline(const Pipeline& pipeline) {
  TRY_VOID(check_skips(pipeline.skip));
  TRY_VOID(check_insertions(pipeline.insert));
  TRY_VOID(check_passes("simplification", simplifies, pipeline.simplification));
  return check_passes("optimization", optimises, pipeline.optimization);
}

Result<void> check_calls(const std::vector<CallDecision>& calls) {
  if (calls.size() > most_calls) {
    return invalid("too many calls");
  }
  for (const CallDecision& decision : calls) {
    if (decision.call < 0 || decision.call > last_call) {
      return invalid("call number out of range");
    }
    const auto same = [&](const CallDecision& other) { return other.call == decision.call; };
    if (std::count_if(calls.begin(), calls.end(), same) > 1) {
      return invalid("call " + std::to_string(decision.call) + " is there twice");
    }
  }
  return {};
}

Result<void> check_profile(const PlanProfile& profile) {
  if (profile.entry > std::uint64_t(std::numeric_limits<std::int64_t>::max())) {
    return invalid("the entry count of a profile is out of range");
  }
  std::size_t numbers = profile.weights.size();
  for (const std::vector<std::uint32_t>& weights : profile.weights) {
    numbers += weights.size();
    if (weights.size() == 1) {
      return invalid("weights are for two ways or more");
    }
    const bool none = std::all_of(weights.begin(), weights.end(), [](auto w) { return w == 0; });
    if (none && !weights.empty()) {
      return invalid("weights that are all 0 say nothing: the list must be empty");
    }
  }
  return numbers <= most_weights ? Result<void>() : invalid("too many weights");
}

Result<void> check_loops(const std::vector<LoopHint>& loops) {
  if (loops.size() > most_settings) {
    return invalid("too many loops");
  }
  for (const LoopHint& loop : loops) {
    if (loop.loop < 0 || loop.loop > last_loop) {
      return invalid("loop number out of range");
    }
    TRY_VOID(check_settings(Kind::Loops, loop.hints));
    const auto same = [&](const LoopHint& other) { return other.loop == loop.loop; };
    if (std::count_if(loops.begin(), loops.end(), same) > 1) {
      return invalid("loop " + std::to_string(loop.loop) + " is there twice");
    }
  }
  return {};
}

} // namespace

Result<void> validate(const Plan& plan) {
  TRY_VOID(check_pipeline(plan.pipeline));
  TRY_VOID(check_settings(Kind::Params, plan.params));
  TRY_VOID(check_unrolling(plan.params));
  TRY_VOID(check_settings(Kind::Codegen, plan.codegen));
  TRY_VOID(check_settings(Kind::Attrs, plan.attrs));
  TRY_VOID(check_loops(plan.loops));
  TRY_VOID(check_calls(plan.calls));
  return plan.profile ? check_profile(*plan.profile) : Result<void>();
}

} // namespace autopass
