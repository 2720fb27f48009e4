// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "vocabulary_tables.h"

#include <algorithm>
#include <string>
#include <vector>

namespace autopass {

namespace {

std::vector<Entry> whole_table() {
  std::vector<Entry> table;
  for (const auto part : {params_entries(), codegen_entries(), skip_entries(), attrs_entries(),
                          loops_entries()}) {
    table.insert(table.end(), part.begin(), part.end());
  }
  return table;
}

} // namespace

std::span<const Entry> vocabulary() {
  static const std::vector<Entry> table = whole_table();
  return table;
}

const Entry* find_entry(Kind kind, std::string_view name) {
  const auto table = vocabulary();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Entry& entry) {
    return entry.kind == kind && entry.name == name;
  });
  return found == table.end() ? nullptr : &*found;
}

std::string_view kind_name(Kind kind) {
  switch (kind) {
  case Kind::Params: return "params";
  case Kind::Codegen: return "codegen";
  case Kind::Skip: return "skip";
  case Kind::Attrs: return "attrs";
  case Kind::Loops: return "loops";
  }
  return "";
}

std::string values_of(const Entry& entry) {
  if (entry.kind == Kind::Skip) {
    return "0";
  }
  switch (entry.type) {
  case ValueType::Flag: return entry.low == 1 ? "true" : "true|false";
  case ValueType::Number: return std::to_string(entry.low) + ".." + std::to_string(entry.high);
  case ValueType::Word: return std::string(entry.words);
  }
  return {};
}

} // namespace autopass
