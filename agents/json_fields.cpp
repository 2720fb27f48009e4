// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "json_fields.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace autopass {

namespace {

// Never ends inside a UTF-8 sequence.
std::string cut(std::string text, std::size_t limit) {
  if (text.size() <= limit) {
    return text;
  }
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) {
    --limit;
  }
  text.resize(limit);
  return text;
}

} // namespace

const nlohmann::json* field(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) {
    return nullptr;
  }
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::int64_t number_field(const nlohmann::json& object, const char* key, std::int64_t fallback,
                          std::int64_t low, std::int64_t high) {
  const nlohmann::json* value = field(object, key);
  if (value == nullptr || !value->is_number()) {
    return fallback;
  }
  // A double holds each bound that is asked for here, and no JSON number overflows it.
  const double number = value->get<double>();
  if (std::isnan(number) || number <= static_cast<double>(low)) {
    return low;
  }
  return number >= static_cast<double>(high) ? high : static_cast<std::int64_t>(number);
}

bool flag_field(const nlohmann::json& object, const char* key, bool fallback) {
  const nlohmann::json* value = field(object, key);
  return value != nullptr && value->is_boolean() ? value->get<bool>() : fallback;
}

std::string text_field(const nlohmann::json& object, const char* key, std::size_t limit) {
  const nlohmann::json* value = field(object, key);
  if (value == nullptr || !value->is_string()) {
    return {};
  }
  return cut(value->get_ref<const std::string&>(), limit);
}

std::string one_line(std::string_view text, std::size_t limit) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return cut(std::move(line), limit);
}

} // namespace autopass
