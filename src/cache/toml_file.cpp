// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "toml_file.h"

#include "util/file.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <sstream>

namespace autopass {
namespace {

constexpr std::uint64_t largest_file = 1 << 20;

std::string at(const std::string& path, const toml::source_region& region) {
  return path + ":" + std::to_string(region.begin.line);
}

std::optional<std::string> as_text(const toml::node& node) {
  if (const auto* text = node.as_string()) {
    return text->get();
  }
  if (node.is_integer() || node.is_floating_point() || node.is_boolean()) {
    std::ostringstream out;
    node.visit([&](const auto& value) {
      if constexpr (toml::is_value<decltype(value)>) {
        out << value;
      }
    });
    return out.str();
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

} // namespace

Result<TomlTable> read_toml(const std::string& path) {
  TRY(const std::string text, read_file(path, largest_file));
  const toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) {
    return fail(at(path, parsed.error().source()) + ": " +
                std::string(parsed.error().description()));
  }
  return convert(parsed.table(), path);
}

std::string print_toml(const std::map<std::string, std::string>& values) {
  toml::table table;
  for (const auto& [name, value] : values) {
    table.insert_or_assign(name, value);
  }
  std::ostringstream out;
  out << table << '\n';
  return out.str();
}

} // namespace autopass
