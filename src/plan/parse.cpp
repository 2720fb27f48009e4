// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// JSON text to Plan. Strict: a key that is not ours, a key that is there twice, a number with a
// fraction or a text beyond the size limit is an Error, so that no two readers can disagree on what
// a plan says.
#include "plan.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <set>

namespace autopass {

namespace {

using nlohmann::json;

constexpr std::size_t most_bytes = 64 * 1024;

tl::unexpected<Error> invalid(std::string what) {
  return fail("invalid plan: " + std::move(what), {}, "invalid-plan");
}

std::string quoted(const std::string& name) { return "'" + name.substr(0, 80) + "'"; }

// The library keeps the last of two equal keys; we refuse both. Also bounds the nesting.
std::optional<json> parse_strictly(std::string_view text) {
  std::vector<std::set<std::string>> keys;
  bool twice = false;
  const auto watch = [&](int depth, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) {
      keys.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      keys.pop_back();
    } else if (event == json::parse_event_t::key) {
      twice |= !keys.back().insert(value.get<std::string>()).second;
    }
    return depth <= 4 && !twice;
  };
  json parsed = json::parse(text.begin(), text.end(), watch, false);
  if (twice || parsed.is_discarded()) {
    return std::nullopt;
  }
  return parsed;
}

Result<Value> to_value(const std::string& name, const json& content) {
  if (content.is_boolean()) {
    return Value(content.get<bool>());
  }
  if (content.is_string()) {
    return Value(content.get<std::string>());
  }
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  if (content.is_number_integer() &&
      (!content.is_number_unsigned() || content.get<std::uint64_t>() <= std::uint64_t(largest))) {
    return Value(content.get<std::int64_t>());
  }
  return invalid(quoted(name) + " must be true, false, a whole number or a string");
}

Result<std::vector<Setting>> to_settings(const std::string& part, const json& content) {
  if (!content.is_object()) {
    return invalid(part + " must be an object");
  }
  std::vector<Setting> settings;
  for (const auto& [name, value] : content.items()) {
    TRY(Value converted, to_value(name, value));
    settings.push_back({name, std::move(converted)});
  }
  return settings;
}

Result<std::int64_t> to_number(const std::string& name, const json& content) {
  TRY(const Value value, to_value(name, content));
  if (const std::int64_t* number = std::get_if<std::int64_t>(&value)) {
    return *number;
  }
  return invalid(quoted(name) + " must be a whole number");
}

Result<Skip> to_skip(const json& content) {
  if (!content.is_object() || !content.contains("pass") || !content["pass"].is_string()) {
    return invalid("each skip must be an object with a pass");
  }
  Skip skip{content["pass"].get<std::string>()};
  for (const auto& [key, value] : content.items()) {
    if (key == "run") {
      TRY(skip.run, to_number(key, value));
      if (skip.run == 0) {
        return invalid("runs of a pass are counted from 1");
      }
    } else if (key != "pass") {
      return invalid("a skip has no " + quoted(key));
    }
  }
  return skip;
}

Result<LoopHint> to_loop(json content) {
  if (!content.is_object() || !content.contains("loop") || !content.contains("hash") ||
      !content["hash"].is_string()) {
    return invalid("each loop must be an object with a loop and a hash");
  }
  LoopHint loop;
  TRY(loop.loop, to_number("loop", content["loop"]));
  const auto hash = Digest::from_hex(content["hash"].get<std::string>());
  if (!hash) {
    return invalid("a loop's hash has 32 hexadecimal digits");
  }
  loop.hash = *hash;
  content.erase("loop");
  content.erase("hash");
  TRY(loop.hints, to_settings("a loop", content));
  if (loop.hints.empty()) {
    return invalid("loop " + std::to_string(loop.loop) + " has no hint");
  }
  return loop;
}

template <class T>
Result<std::vector<T>> to_list(const std::string& part, const json& content,
                               Result<T> (*convert)(json)) {
  if (!content.is_array()) {
    return invalid(part + " must be a list");
  }
  std::vector<T> list;
  for (const json& item : content) {
    TRY(T converted, convert(item));
    list.push_back(std::move(converted));
  }
  return list;
}

Result<void> read_part(Plan& plan, const std::string& key, const json& content) {
  if (key == "params") {
    TRY(plan.params, to_settings(key, content));
  } else if (key == "codegen") {
    TRY(plan.codegen, to_settings(key, content));
  } else if (key == "attrs") {
    TRY(plan.attrs, to_settings(key, content));
  } else if (key == "skip") {
    TRY(plan.skip, to_list<Skip>(key, content, [](json item) { return to_skip(item); }));
  } else if (key == "loops") {
    TRY(plan.loops, to_list<LoopHint>(key, content, to_loop));
  } else if (key != "v") {
    return invalid("there is no part " + quoted(key));
  }
  return {};
}

} // namespace

Result<Plan> parse(std::string_view text) {
  if (text.size() > most_bytes) {
    return invalid("longer than 64 KiB");
  }
  const std::optional<json> parsed = parse_strictly(text);
  if (!parsed || !parsed->is_object()) {
    return invalid("not a JSON object, or a key is there twice");
  }
  if (!parsed->contains("v") || (*parsed)["v"] != vocabulary_version) {
    return fail("the plan is of another vocabulary version", {}, "vocabulary-version");
  }
  Plan plan;
  for (const auto& [key, content] : parsed->items()) {
    TRY_VOID(read_part(plan, key, content));
  }
  TRY_VOID(validate(plan));
  normalise(plan);
  return plan;
}

} // namespace autopass
