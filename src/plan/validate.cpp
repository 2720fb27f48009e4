// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a plan must be, whoever wrote it: every name in the vocabulary, every value of its type and
// inside its range, nothing said twice, and not more of it than a function could ever want.
#include "plan.h"
#include "util/text.h"

#include <algorithm>

namespace autopass {

namespace {

constexpr std::size_t most_settings = 64; // in one part
constexpr std::int64_t last_loop = 9999;
constexpr std::int64_t last_run = 64;

tl::unexpected<Error> invalid(std::string what, std::string next = {}) {
  return fail("invalid plan: " + std::move(what), std::move(next), "invalid-plan");
}

std::string quoted(std::string_view name) { return "'" + std::string(name.substr(0, 80)) + "'"; }

Result<void> check_flag(const Entry& entry, const std::string& place, const Value& value) {
  const bool* flag = std::get_if<bool>(&value);
  if (flag == nullptr) {
    return invalid(place + " must be true or false");
  }
  if (!*flag && entry.low == 1) {
    return invalid(place + " can only be true; leave it out instead");
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

Result<void> check_setting(Kind kind, const Setting& setting) {
  const std::string place = std::string(kind_name(kind)) + " " + quoted(setting.name);
  const Entry* entry = find_entry(kind, setting.name);
  if (entry == nullptr) {
    return invalid(place + " is not in the vocabulary", "see `autopass vocabulary`");
  }
  switch (entry->type) {
  case ValueType::Flag: return check_flag(*entry, place, setting.value);
  case ValueType::Number: return check_number(*entry, place, setting.value);
  case ValueType::Word: return check_word(*entry, place, setting.value);
  }
  return {};
}

Result<void> check_settings(Kind kind, const std::vector<Setting>& settings) {
  if (settings.size() > most_settings) {
    return invalid("too many " + std::string(kind_name(kind)));
  }
  std::vector<std::string_view> names;
  for (const Setting& setting : settings) {
    TRY_VOID(check_setting(kind, setting));
    names.push_back(setting.name);
  }
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    return invalid(std::string(kind_name(kind)) + " " + quoted(*twice) + " is there twice");
  }
  return {};
}

Result<void> check_skips(const std::vector<Skip>& skips) {
  if (skips.size() > most_settings) {
    return invalid("too many skips");
  }
  for (const Skip& skip : skips) {
    if (find_entry(Kind::Skip, skip.pass) == nullptr) {
      return invalid("skip " + quoted(skip.pass) + " is not in the vocabulary",
                     "see `autopass vocabulary`");
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
  TRY_VOID(check_settings(Kind::Params, plan.params));
  TRY_VOID(check_settings(Kind::Codegen, plan.codegen));
  TRY_VOID(check_skips(plan.skip));
  TRY_VOID(check_settings(Kind::Attrs, plan.attrs));
  return check_loops(plan.loops);
}

} // namespace autopass
