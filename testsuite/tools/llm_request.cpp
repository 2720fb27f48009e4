// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llm_request.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

namespace {

using nlohmann::json;

// Strict schemas: every property required, nothing else allowed, all the way down.
std::string schema_problem(const json& schema) {
  if (!schema.is_object() || !schema.contains("type")) {
    return "a schema needs a type";
  }
  if (schema["type"] == "array") {
    return schema.contains("items") ? schema_problem(schema["items"]) : "an array needs items";
  }
  if (schema["type"] != "object") {
    return "";
  }
  if (!schema.contains("additionalProperties") || schema["additionalProperties"] != false) {
    return "'additionalProperties' is required to be false";
  }
  std::set<std::string> required;
  for (const json& name : schema.value("required", json::array())) {
    required.insert(name);
  }
  const json properties = schema.value("properties", json::object());
  for (const auto& [name, property] : properties.items()) {
    if (required.count(name) == 0) {
      return "'required' must list '" + name + "'";
    }
    if (std::string problem = schema_problem(property); !problem.empty()) {
      return problem;
    }
  }
  return "";
}

std::string format_problem(const json& format) {
  if (!format.is_object() || format.value("type", "") != "json_schema") {
    return "'response_format' must be of type json_schema";
  }
  const json schema = format.value("json_schema", json());
  if (!schema.is_object() ||
      !std::regex_match(schema.value("name", ""), std::regex("[A-Za-z0-9_-]{1,64}"))) {
    return "'json_schema' needs a name";
  }
  return schema.value("strict", false) ? schema_problem(schema.value("schema", json()))
                                       : "'strict' must be true";
}

std::string messages_problem(const json& messages) {
  if (!messages.is_array() || messages.empty()) {
    return "'messages' must be a list that is not empty";
  }
  for (const json& message : messages) {
    static const std::set<std::string> roles = {"system", "user", "assistant"};
    if (!message.is_object() || message.size() != 2 ||
        roles.count(message.value("role", "")) == 0 || !message.contains("content") ||
        !message["content"].is_string() ||
        message["content"].get_ref<const std::string&>().empty()) {
      return "a message needs a role and a content that is not empty";
    }
  }
  return messages.back()["role"] == "user" ? "" : "the last message must be the user's";
}

} // namespace

std::string body_problem(const std::string& text) {
  const json body = json::parse(text, nullptr, false);
  if (!body.is_object()) {
    return "We could not parse the JSON body of your request.";
  }
  static const std::map<std::string, std::function<std::string(const json&)>> known = {
      {"model",
       [](const json& v) { return v.is_string() && !v.empty() ? "" : "'model' must be a string"; }},
      {"messages", messages_problem},
      {"temperature",
       [](const json& v) {
         return v.is_number() && v >= 0 && v <= 2 ? "" : "'temperature' is 0 to 2";
       }},
      {"max_tokens",
       [](const json& v) {
         return v.is_number_integer() && v > 0 ? "" : "'max_tokens' must be positive";
       }},
      {"response_format", format_problem},
  };
  for (const auto& [name, value] : body.items()) {
    const auto check = known.find(name);
    if (check == known.end()) {
      return "Unrecognized request argument supplied: " + name;
    }
    if (std::string problem = check->second(value); !problem.empty()) {
      return problem;
    }
  }
  for (const char* needed : {"model", "messages"}) {
    if (!body.contains(needed)) {
      return std::string("you must provide '") + needed + "'";
    }
  }
  return "";
}
