// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "strict_json.h"

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <vector>

namespace autopass {

using nlohmann::json;

bool parse_strictly(std::string_view text, int deepest, json& parsed) {
  std::vector<std::set<std::string>> keys;
  bool refused = false;
  const auto watch = [&](int depth, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) {
      keys.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      keys.pop_back();
    } else if (event == json::parse_event_t::key) {
      refused |= !keys.back().insert(value.get<std::string>()).second;
    }
    refused |= depth > deepest;
    return !refused;
  };
  // The library takes a NUL for the end of the text, whatever follows.
  refused = text.find('\0') != std::string_view::npos;
  parsed = json::parse(text.begin(), text.end(), watch, false);
  return !refused && !parsed.is_discarded();
}

} // namespace autopass
