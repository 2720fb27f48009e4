// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fields of a JSON object whose author we do not trust: absent or of the wrong type is the default,
// numbers saturate, text is bounded. Nothing throws.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace autopass {

// Null when `object` is no object or has no such key.
const nlohmann::json* field(const nlohmann::json& object, const char* key);
std::int64_t number_field(const nlohmann::json& object, const char* key, std::int64_t fallback,
                          std::int64_t low, std::int64_t high);
bool flag_field(const nlohmann::json& object, const char* key, bool fallback);
// At most `limit` bytes, cut at a character's start.
std::string text_field(const nlohmann::json& object, const char* key, std::size_t limit);
// `text` for one line of a terminal or a prompt: control characters become blanks, cut at `limit`.
std::string one_line(std::string_view text, std::size_t limit);

} // namespace autopass
