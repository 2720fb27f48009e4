// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// JSON text to Plan. Strict: a key that is not ours, a key that is there twice, a number with a
// fraction or a text beyond the size limit is an Error, so that no two readers can disagree on what
// a plan says. What the parts may say is validate.cpp's to judge.
#include "invalid.h"
#include "plan.h"
#include "strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>
#include <limits>

namespace autopass {

namespace {

using nlohmann::json;

constexpr std::size_t most_bytes = 256 * 1024; // profiles of large functions

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

Result<Digest> to_digest(const std::string& name, const json& content) {
  const auto digest = content.is_string() ? Digest::from_hex(content.get<std::string>())
                                          : std::optional<Digest>();
  if (!digest) {
    return invalid(quoted(name) + " must be a string of 32 hexadecimal digits");
  }
  return *digest;
}

Result<bool> to_flag(const std::string& name, const json& content) {
  if (!content.is_boolean()) {
    return invalid(quoted(name) + " must be true or false");
  }
  return content.get<bool>();
}

Result<std::string> to_name(const std::string& name, const json& content) {
  if (!content.is_string()) {
    return invalid(quoted(name) + " must be a string");
  }
  return content.get<std::string>();
}

// Hands each key of an object to `read`; all of `required` must be there.
template <class Read>
Result<void> read_object(const std::string& what, const json& content,
                         std::initializer_list<const char*> required, const Read& read) {
  if (!content.is_object()) {
    return invalid(what + " must be an object");
  }
  for (const char* key : required) {
    if (!content.contains(key)) {
      return invalid(what + " must have " + quoted(key));
    }
  }
  for (const auto& [key, value] : content.items()) {
    TRY_VOID(read(key, value));
  }
  return {};
}

template <class T>
Result<std::vector<T>> to_list(const std::string& what, const json& content,
                               Result<T> (*convert)(const json&)) {
  if (!content.is_array()) {
    return invalid(what + " must be a list");
  }
  std::vector<T> list;
  for (const json& item : content) {
    TRY(T converted, convert(item));
    list.push_back(std::move(converted));
  }
  return list;
}

Result<Skip> to_skip(const json& content) {
  Skip skip;
  TRY_VOID(read_object("a skip", content, {"pass"},
                       [&](const std::string& key, const json& value) -> Result<void> {
                         if (key == "pass") {
                           TRY(skip.pass, to_name(key, value));
                           return {};
                         }
                         if (key != "run") {
                           return invalid("a skip has no " + quoted(key));
                         }
                         TRY(skip.run, to_number(key, value));
                         if (skip.run == 0) {
                           return invalid("runs of a pass are counted from 1");
                         }
                         return {};
                       }));
  return skip;
}

Result<PassUse> to_pass(const json& content) {
  PassUse use;
  TRY_VOID(read_object("a pass", content, {"pass"},
                       [&](const std::string& key, const json& value) -> Result<void> {
                         if (key == "pass") {
                           TRY(use.pass, to_name(key, value));
                         } else if (key == "options") {
                           TRY(use.options, to_settings("the options of a pass", value));
                         } else {
                           return invalid("a pass has no " + quoted(key));
                         }
                         return {};
                       }));
  return use;
}

Result<Insertion> to_insertion(const json& content) {
  Insertion insertion;
  TRY_VOID(read_object("an insertion", content, {"at", "passes"},
                       [&](const std::string& key, const json& value) -> Result<void> {
                         if (key == "at") {
                           TRY(insertion.at, to_name(key, value));
                         } else if (key == "passes") {
                           TRY(insertion.passes, to_list<PassUse>(key, value, to_pass));
                         } else {
                           return invalid("an insertion has no " + quoted(key));
                         }
                         return {};
                       }));
  if (insertion.passes.empty()) {
    return invalid("an insertion has no pass");
  }
  return insertion;
}

Result<Pipeline> to_pipeline(const json& content) {
  Pipeline pipeline;
  TRY_VOID(read_object(
      "pipeline", content, {}, [&](const std::string& key, const json& value) -> Result<void> {
        if (key == "skip") {
          TRY(pipeline.skip, to_list<Skip>(key, value, to_skip));
        } else if (key == "insert") {
          TRY(pipeline.insert, to_list<Insertion>(key, value, to_insertion));
        } else if (key == "simplification") {
          TRY(pipeline.simplification, to_list<PassUse>(key, value, to_pass));
        } else if (key == "optimization") {
          TRY(pipeline.optimization, to_list<PassUse>(key, value, to_pass));
        } else if (key == "polly") {
          TRY(pipeline.polly, to_flag(key, value));
          if (!pipeline.polly) {
            return invalid("polly can only be true; leave it out instead");
          }
        } else {
          return invalid("pipeline has no " + quoted(key));
        }
        return {};
      }));
  return pipeline;
}

Result<LoopHint> to_loop(const json& content) {
  LoopHint loop;
  TRY_VOID(read_object("a loop", content, {"loop", "hash"},
                       [&](const std::string& key, const json& value) -> Result<void> {
                         if (key == "loop") {
                           TRY(loop.loop, to_number(key, value));
                         } else if (key == "hash") {
                           TRY(loop.hash, to_digest(key, value));
                         } else {
                           TRY(Value hint, to_value(key, value));
                           loop.hints.push_back({key, std::move(hint)});
                         }
                         return {};
                       }));
  if (loop.hints.empty()) {
    return invalid("loop " + std::to_string(loop.loop) + " has no hint");
  }
  return loop;
}

Result<CallDecision> to_call(const json& content) {
  CallDecision decision;
  TRY_VOID(read_object("a call", content, {"call", "callee", "inline"},
                       [&](const std::string& key, const json& value) -> Result<void> {
                         if (key == "call") {
                           TRY(decision.call, to_number(key, value));
                         } else if (key == "callee") {
                           TRY(decision.callee, to_digest(key, value));
                         } else if (key == "inline") {
                           TRY(decision.inline_it, to_flag(key, value));
                         } else {
                           return invalid("a call has no " + quoted(key));
                         }
                         return {};
                       }));
  return decision;
}

Result<std::uint32_t> to_weight(const json& content) {
  TRY(const std::int64_t number, to_number("weights", content));
  if (number < 0 || number > std::numeric_limits<std::uint32_t>::max()) {
    return invalid("a weight must be from 0 to 4294967295");
  }
  return std::uint32_t(number);
}

Result<std::vector<std::uint32_t>> to_weights(const json& content) {
  return to_list<std::uint32_t>("each of the weights", content, to_weight);
}

Result<PlanProfile> to_profile(const json& content) {
  PlanProfile profile;
  TRY_VOID(read_object(
      "profile", content, {"cfg", "entry", "weights"},
      [&](const std::string& key, const json& value) -> Result<void> {
        if (key == "cfg") {
          TRY(profile.cfg, to_digest(key, value));
        } else if (key == "entry") {
          TRY(const std::int64_t entry, to_number(key, value));
          if (entry < 0) {
            return invalid("the entry count of a profile is negative");
          }
          profile.entry = std::uint64_t(entry);
        } else if (key == "weights") {
          TRY(profile.weights, to_list<std::vector<std::uint32_t>>(key, value, to_weights));
        } else {
          return invalid("profile has no " + quoted(key));
        }
        return {};
      }));
  return profile;
}

Result<void> read_part(Plan& plan, const std::string& key, const json& content) {
  if (key == "pipeline") {
    TRY(plan.pipeline, to_pipeline(content));
  } else if (key == "params") {
    TRY(plan.params, to_settings(key, content));
  } else if (key == "codegen") {
    TRY(plan.codegen, to_settings(key, content));
  } else if (key == "attrs") {
    TRY(plan.attrs, to_settings(key, content));
  } else if (key == "loops") {
    TRY(plan.loops, to_list<LoopHint>(key, content, to_loop));
  } else if (key == "calls") {
    TRY(plan.calls, to_list<CallDecision>(key, content, to_call));
  } else if (key == "profile") {
    TRY(plan.profile, to_profile(content));
  } else if (key != "v") {
    return invalid("there is no part " + quoted(key));
  }
  return {};
}

// Of an object that is one.
Result<Plan> to_plan(const json& parsed) {
  if (!parsed.contains("v") || parsed["v"] != vocabulary_version) {
    return fail("the plan is of another vocabulary version", {}, "vocabulary-version");
  }
  Plan plan;
  for (const auto& [key, content] : parsed.items()) {
    TRY_VOID(read_part(plan, key, content));
  }
  TRY_VOID(validate(plan));
  normalise(plan);
  return plan;
}

Result<void> read_json(std::string_view text, json& parsed) {
  if (text.size() > most_bytes) {
    return invalid("longer than 256 KiB");
  }
  if (!parse_strictly(text, deepest_plan, parsed) || !parsed.is_object()) {
    return invalid("not a JSON object, a key is there twice, or it is nested too deep");
  }
  return {};
}

// Only a person may leave open which loop or callee he means.
bool leaves_open(const Plan& plan) {
  return std::any_of(plan.loops.begin(), plan.loops.end(),
                     [](const LoopHint& loop) { return loop.hash == Digest{}; }) ||
         std::any_of(plan.calls.begin(), plan.calls.end(),
                     [](const CallDecision& call) { return call.callee == Digest{}; });
}

} // namespace

Result<Plan> parse(std::string_view text) {
  json parsed;
  TRY_VOID(read_json(text, parsed));
  TRY(Plan plan, to_plan(parsed));
  if (leaves_open(plan)) {
    return invalid("a hash of zeros");
  }
  return plan;
}

Result<Plan> parse_by_hand(std::string_view text) {
  json parsed;
  TRY_VOID(read_json(text, parsed));
  parsed.emplace("v", vocabulary_version); // unless it is there
  for (const auto& [list, check] : {std::pair("loops", "hash"), std::pair("calls", "callee")}) {
    if (!parsed.contains(list) || !parsed[list].is_array()) {
      continue;
    }
    for (json& one : parsed[list]) {
      if (one.is_object()) {
        one.emplace(check, Digest{}.hex());
      }
    }
  }
  return to_plan(parsed);
}

} // namespace autopass
