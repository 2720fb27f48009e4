// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "protocol.h"

#include "agents/json_fields.h"
#include "plan/vocabulary.h"

#include <nlohmann/json.hpp>
#include <set>

namespace autopass::llm {

namespace {

using nlohmann::json;

constexpr int most_tokens = 4096;

// Strict schemas want every property required and nothing else allowed.
json object_schema(const json& properties) {
  json required = json::array();
  for (const auto& [name, schema] : properties.items()) {
    required.push_back(name);
  }
  return {{"type", "object"},
          {"properties", properties},
          {"required", required},
          {"additionalProperties", false}};
}

json reply_schema(const std::vector<std::string>& functions) {
  std::set<std::string> kinds, names;
  for (const Entry& entry : vocabulary()) {
    kinds.emplace(kind_name(entry.kind));
    names.emplace(entry.name);
  }
  const json edit = object_schema({{"function", {{"type", "string"}, {"enum", functions}}},
                                   {"kind", {{"type", "string"}, {"enum", kinds}}},
                                   {"name", {{"type", "string"}, {"enum", names}}},
                                   {"value", {{"type", "string"}}},
                                   {"loop", {{"type", "integer"}}}});
  const json proposal = object_schema({{"hypothesis", {{"type", "string"}}},
                                       {"predicted_ratio", {{"type", "number"}}},
                                       {"edits", {{"type", "array"}, {"items", edit}}}});
  return object_schema({{"proposals", {{"type", "array"}, {"items", proposal}}}});
}

} // namespace

std::string chat_request(const std::string& model, const Prompt& prompt,
                         const std::vector<std::string>& functions, Style style) {
  json request = {{"model", model},
                  {"messages",
                   {{{"role", "system"}, {"content", prompt.system}},
                    {{"role", "user"}, {"content", prompt.user}}}}};
  if (style == Style::Strict) {
    request["temperature"] = 0.3;
    request["max_tokens"] = most_tokens;
    request["response_format"] = {
        {"type", "json_schema"},
        {"json_schema",
         {{"name", "proposals"}, {"strict", true}, {"schema", reply_schema(functions)}}}};
  }
  // Names come from the user's sources, byte by byte; a request is UTF-8.
  return request.dump(-1, ' ', true, json::error_handler_t::replace);
}

Result<std::string> chat_content(const std::string& body) {
  const json reply = json::parse(body, nullptr, false);
  if (!reply.is_object()) {
    return fail("the model's server did not answer with JSON: " + one_line(body, 120), {},
                "llm-not-json");
  }
  const json* choices = field(reply, "choices");
  if (choices == nullptr || !choices->is_array() || choices->empty()) {
    return fail("the model's answer has no choice", {}, "llm-malformed");
  }
  const json& choice = choices->front();
  const std::string finish = text_field(choice, "finish_reason", 32);
  if (finish == "length") {
    return fail("the model ran out of tokens before it was done", {}, "llm-length");
  }
  if (finish == "content_filter") {
    return fail("the provider's filter held the answer back", {}, "llm-content-filter");
  }
  const json* message = field(choice, "message");
  const json* refusal = message == nullptr ? nullptr : field(*message, "refusal");
  if (finish == "refusal" || (refusal != nullptr && refusal->is_string())) {
    return fail("the model refused", {}, "llm-refusal");
  }
  const json* content = message == nullptr ? nullptr : field(*message, "content");
  if (content == nullptr || !content->is_string()) {
    return fail("the model's answer has no text", {}, "llm-malformed");
  }
  return content->get<std::string>();
}

} // namespace autopass::llm
