// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "toml_file.h"

#include "util/file.h"
#include "util/text.h"

// Without streams, which every compile would load and set up: C++'s locales, and a library of mathematics.
#define TOML_ENABLE_FORMATTERS 0
#include "toml_library.h"

#include <algorithm>
#include <charconv>

namespace autopass {
namespace {

constexpr std::uint64_t largest_file = 1 << 16; // a compile waits while it is read
constexpr std::ptrdiff_t most_dots = 200; // in one line

std::string at(const std::string& path, const toml::source_region& region) {
  return path + ":" + std::to_string(region.begin.line);
}

std::optional<std::string> as_text(const toml::node& node) {
  if (const auto* text = node.as_string()) {
    return text->get();
  }
  if (const auto* flag = node.as_boolean()) {
    return flag->get() ? "true" : "false";
  }
  if (const auto* number = node.as_integer()) {
    return std::to_string(number->get());
  }
  if (const auto* number = node.as_floating_point()) {
    char digits[64]; // of the shortest form, which has some 24 at most
    return std::string(digits, std::to_chars(digits, std::end(digits), number->get()).ptr);
  }
  return std::nullopt;
}

Result<TomlTable> convert(const toml::table& table, const std::string& path);

// A list is all strings or all tables.
Result<void> convert_list(TomlTable& into, const std::string& name, const toml::array& list,
                          const std::string& path) {
  for (const auto& node : list) {
    if (const auto* inner = node.as_table()) {
      TRY(TomlTable converted, convert(*inner, path));
      into.tables[name].push_back(std::move(converted));
    } else if (auto text = as_text(node)) {
      into.lists[name].push_back(std::move(*text));
    } else {
      return fail(at(path, node.source()) + ": \"" + name + "\" must be a list of strings");
    }
  }
  if (list.empty()) {
    into.lists[name];
  }
  return {};
}

Result<TomlTable> convert(const toml::table& table, const std::string& path) {
  TomlTable into;
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (const auto* inner = node.as_table()) {
      TRY(TomlTable converted, convert(*inner, path));
      into.tables[name].push_back(std::move(converted));
    } else if (const auto* list = node.as_array()) {
      TRY_VOID(convert_list(into, name, *list, path));
    } else if (auto text = as_text(node)) {
      into.values[name] = std::move(*text);
    } else {
      return fail(at(path, node.source()) + ": \"" + name + "\" has a value of no known type");
    }
  }
  return into;
}

// The parser recurses for every table in a table, too, and "a.a.a" is three: a key is in one line,
// and nothing that we know has this many dots in one.
Result<void> check_depth(std::string_view text, const std::string& path) {
  std::size_t line = 0;
  for (const auto& content : split(text, '\n')) {
    ++line;
    if (std::count(content.begin(), content.end(), '.') > most_dots) {
      return fail(path + ":" + std::to_string(line) + ": too many dots in one line",
                  "write the list on several lines");
    }
  }
  return {};
}

} // namespace

Result<TomlTable> read_toml(const std::string& path) {
  TRY(const std::string text, read_file(path, largest_file));
  TRY_VOID(check_depth(text, path));
  const toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) {
    return fail(at(path, parsed.error().source()) + ": " +
                    std::string(parsed.error().description()),
                "correct that line; man autopass shows what may stand there");
  }
  return convert(parsed.table(), path);
}

} // namespace autopass
