// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "vocabulary_tables.h"

#include <algorithm>
#include <string>
#include <vector>

namespace autopass {

namespace {

std::string_view default_of(const AdmittedPass& pass) {
  switch (pass.uses & (simplifies | optimises)) {
  case simplifies: return "in the simplification half";
  case optimises: return "in the optimisation half";
  case simplifies | optimises: return "in both halves";
  default: return "not run";
  }
}

std::vector<Entry> whole_table() {
  std::vector<Entry> table;
  for (const AdmittedPass& pass : passes()) {
    table.push_back({Kind::Pipeline, pass.id, ValueType::Flag, 0, 1, {}, default_of(pass),
                     pass.what, pass.source, Means::Pass, &pass});
  }
  table.push_back({Kind::Pipeline, "polly", ValueType::Flag, 1, 1, {}, "false",
                   "Keeps the function out of line, runs the polyhedral optimiser on it where the "
                   "clang has it, and simplifies the result as usual.",
                   "polly/lib/Support/RegisterPasses.cpp", Means::Pass});
  for (const auto part : {params_entries(), codegen_entries(), attrs_entries(), loops_entries(),
                          calls_entries(), profile_entries()}) {
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
    return entry.kind == kind &&
           (entry.name == name || (entry.pass != nullptr && entry.pass->class_name == name));
  });
  return found == table.end() ? nullptr : &*found;
}

std::string_view kind_name(Kind kind) {
  switch (kind) {
  case Kind::Pipeline: return "pipeline";
  case Kind::Params: return "params";
  case Kind::Codegen: return "codegen";
  case Kind::Attrs: return "attrs";
  case Kind::Loops: return "loops";
  case Kind::Calls: return "calls";
  case Kind::Profile: return "profile";
  }
  return "";
}

std::string values_of(const Entry& entry) {
  switch (entry.type) {
  case ValueType::Flag:
    return entry.low == 1 ? "true" : entry.high == 0 ? "false" : "true|false";
  case ValueType::Number: return std::to_string(entry.low) + ".." + std::to_string(entry.high);
  case ValueType::Word: return std::string(entry.words);
  }
  return {};
}

} // namespace autopass
