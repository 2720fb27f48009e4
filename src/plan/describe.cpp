// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "describe.h"

#include "util/text.h"

namespace autopass {

namespace {

std::string example_value(const Entry& entry) {
  switch (entry.type) {
  case ValueType::Flag: return entry.high == 0 ? "false" : "true";
  case ValueType::Number: return std::to_string(entry.high);
  case ValueType::Word: return '"' + split(entry.words, '|').back() + '"';
  }
  return {};
}

std::string json_string(std::string_view name) { return '"' + std::string(name) + '"'; }

} // namespace

std::string_view type_name(ValueType type) {
  switch (type) {
  case ValueType::Flag: return "bool";
  case ValueType::Number: return "int";
  case ValueType::Word: return "enum";
  }
  return {};
}

bool acts_in_links(const Entry& entry) {
  const bool is_skip = entry.pass != nullptr && (entry.pass->uses & can_skip) != 0;
  const bool is_width = entry.kind == Kind::Loops && entry.name == "width";
  const bool is_left_out = entry.kind == Kind::Attrs && is_left_out_of_lto(entry.name);
  return (entry.means == Means::Ir && !is_width && !is_left_out) || (entry.means == Means::Pass && is_skip);
}

std::string_view phase_of(const Entry& entry) {
  return acts_in_links(entry) ? "compile, link" : "compile";
}

std::string example_of(const Entry& entry) {
  const std::string said = json_string(entry.name) + ":" + example_value(entry);
  switch (entry.kind) {
  case Kind::Pipeline:
    if (entry.pass == nullptr) {
      return "{\"pipeline\":{" + said + "}}";
    }
    return (entry.pass->uses & can_insert) == 0
               ? "{\"pipeline\":{\"skip\":[{\"pass\":" + json_string(entry.pass->class_name) + "}]}}"
               : "{\"pipeline\":{\"insert\":[{\"at\":" + json_string(points_of(*entry.pass).back()) +
                     ",\"passes\":[{\"pass\":" + json_string(entry.name) + "}]}]}}";
  case Kind::Loops: return "{\"loops\":[{\"loop\":0,\"hash\":\"...\"," + said + "}]}";
  case Kind::Calls: return "{\"calls\":[{\"call\":0,\"callee\":\"...\"," + said + "}]}";
  case Kind::Profile:
    return "{\"profile\":{\"cfg\":\"...\",\"entry\":1000,\"weights\":[[10,90]]}}";
  default: return "{" + json_string(kind_name(entry.kind)) + ":{" + said + "}}";
  }
}

std::vector<std::string> roles_of(const AdmittedPass& pass) {
  std::vector<std::string> roles;
  if ((pass.uses & can_skip) != 0) {
    roles.push_back("skip");
  }
  if ((pass.uses & can_insert) != 0) {
    roles.push_back("insert");
    roles.push_back("replace");
  }
  return roles;
}

std::vector<std::string> points_of(const AdmittedPass& pass) {
  std::vector<std::string> points;
  for (const InsertionPoint& point : insertion_points()) {
    if (fits(pass, point)) {
      points.push_back(std::string(point.name));
    }
  }
  return points;
}

} // namespace autopass
