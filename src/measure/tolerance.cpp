// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tolerance.h"

#include "util/text.h"

#include <algorithm>
#include <charconv>
#include <cctype>
#include <optional>

namespace autopass {
namespace {

template <class Number> std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

} // namespace

Result<Tolerance> Tolerance::parse(std::string_view text) {
  const auto bad = [&](std::string_view part) {
    return fail("tolerance " + std::string(text) + ": \"" + std::string(part) +
                    "\" is neither a number from 0 to 1 nor WORD=NUMBER nor COLUMN=NUMBER",
                "1e-9,energy=1e-6,3=1e-3", "bad-tolerance");
  };
  Tolerance tolerance;
  tolerance.m_text = text;
  for (const std::string& part : split(text, ',')) {
    const std::string_view trimmed = trim(part);
    const std::size_t equals = trimmed.rfind('=');
    const bool all = equals == std::string_view::npos;
    const auto value = number<double>(all ? trimmed : trim(trimmed.substr(equals + 1)));
    if (!value || !(*value >= 0 && *value <= 1)) {
      return bad(trimmed);
    }
    if (all) {
      tolerance.m_all = *value;
      continue;
    }
    const std::string_view name = trim(trimmed.substr(0, equals));
    const auto column = number<std::size_t>(name);
    if (column ? *column == 0 : !is_word(name)) {
      return bad(trimmed);
    }
    tolerance.m_fields.push_back({column ? std::string() : std::string(name), column.value_or(0), *value});
  }
  return tolerance;
}

double Tolerance::of(std::string_view word, std::size_t column) const {
  const auto of_word = [&](const Field& field) { return !field.word.empty() && field.word == word; };
  const auto of_column = [&](const Field& field) { return field.word.empty() && field.column == column; };
  auto found = std::find_if(m_fields.begin(), m_fields.end(), of_word);
  if (found == m_fields.end()) {
    found = std::find_if(m_fields.begin(), m_fields.end(), of_column);
  }
  return found == m_fields.end() ? m_all : found->value;
}

} // namespace autopass
