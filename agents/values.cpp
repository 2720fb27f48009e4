// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "values.h"

#include "evidence.h"
#include "json_fields.h"
#include "util/text.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace autopass {

namespace {

std::optional<std::int64_t> to_number(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    return *whole;
  }
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool whole = error == std::errc{} && end == text->data() + text->size();
  return whole ? std::optional(number) : std::nullopt;
}

std::optional<bool> to_flag(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    return *flag;
  }
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return *number == 0 || *number == 1 ? std::optional(*number == 1) : std::nullopt;
  }
  const std::string& text = std::get<std::string>(value);
  if (text == "true" || text == "1" || text == "on") {
    return true;
  }
  return text == "false" || text == "0" || text == "off" ? std::optional(false) : std::nullopt;
}

std::optional<std::string> to_word(const Entry& entry, const Value& value) {
  if (std::holds_alternative<bool>(value)) {
    return std::nullopt;
  }
  const std::string word = show_value(value);
  const std::vector<std::string> words = split(entry.words, '|');
  return std::find(words.begin(), words.end(), word) != words.end() ? std::optional(word)
                                                                    : std::nullopt;
}

} // namespace

std::optional<Value> fit_value(const Entry& entry, const Value& value) {
  switch (entry.type) {
  case ValueType::Flag: {
    // A range of [1, 1] marks what can only be switched on, of [0, 0] what can only be off.
    const std::optional<bool> flag = to_flag(value);
    const bool possible = flag && *flag >= (entry.low == 1) && *flag <= (entry.high == 1);
    return possible ? std::optional<Value>(*flag) : std::nullopt;
  }
  case ValueType::Word: {
    const std::optional<std::string> word = to_word(entry, value);
    return word ? std::optional<Value>(*word) : std::nullopt;
  }
  case ValueType::Number: {
    const std::optional<std::int64_t> number = to_number(value);
    return number ? std::optional<Value>(std::clamp(*number, entry.low, entry.high)) : std::nullopt;
  }
  }
  return std::nullopt;
}

std::string show_value(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    return *flag ? "true" : "false";
  }
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return std::to_string(*number);
  }
  return one_line(std::get<std::string>(value), 60);
}

std::vector<Setting>& settings_of(Plan& plan, Kind kind) {
  assert(kind == Kind::Params || kind == Kind::Codegen || kind == Kind::Attrs);
  return kind == Kind::Params    ? plan.params
         : kind == Kind::Codegen ? plan.codegen
                                 : plan.attrs;
}

void add_setting(Plan& plan, const Entry& entry, const Value& value,
                 const std::vector<const LoopEvidence*>& loops) {
  const Setting setting{std::string(entry.name), value};
  switch (entry.kind) {
  case Kind::Params:
  case Kind::Codegen:
  case Kind::Attrs:
    settings_of(plan, entry.kind).push_back(setting);
    break;
  case Kind::Pipeline: {
    const auto* run = std::get_if<std::int64_t>(&value);
    if (entry.pass != nullptr) {
      plan.pipeline.skip.push_back({std::string(entry.pass->class_name),
                                    run == nullptr ? 0 : std::max<std::int64_t>(*run, 0)});
    }
    break;
  }
  case Kind::Loops:
    for (const LoopEvidence* loop : loops) {
      const auto known =
          std::find_if(plan.loops.begin(), plan.loops.end(),
                       [&](const LoopHint& hint) { return hint.loop == loop->loop; });
      if (known == plan.loops.end()) {
        plan.loops.push_back({loop->loop, loop->hash, {setting}});
      } else {
        known->hints.push_back(setting);
      }
    }
    break;
  case Kind::Calls:
  case Kind::Profile: // come from counts, not from a value
    break;
  }
}

} // namespace autopass
