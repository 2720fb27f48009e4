// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "vocabulary_text.h"

#include "output.h"
#include "plan/describe.h"
#include "report/layout.h"
#include "util/text.h"
#include "verbs.h"

#include <nlohmann/json.hpp>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

// Type, values and default: what an entry and an option of a pass have in common.
void describe_values(Json& json, const Entry& entry) {
  json["type"] = type_name(entry.type);
  json["default"] = entry.fallback;
  if (entry.type == ValueType::Number) {
    json["min"] = entry.low;
    json["max"] = entry.high;
  } else {
    json["values"] = split(values_of(entry), '|');
  }
  json["summary"] = entry.what;
}

Json describe(const AdmittedPass& pass) {
  Json options = Json::array();
  for (const Entry& option : pass.options) {
    Json one = {{"name", option.name}};
    describe_values(one, option);
    options.push_back(std::move(one));
  }
  std::vector<std::string> halves;
  if ((pass.uses & simplifies) != 0) {
    halves.push_back("simplification");
  }
  if ((pass.uses & optimises) != 0) {
    halves.push_back("optimization");
  }
  return {{"class", pass.class_name}, {"level", level_name(pass.level)},
          {"roles", roles_of(pass)},  {"points", points_of(pass)},
          {"halves", halves},         {"options", options}};
}

std::string title_of(const Entry& entry) {
  std::string title = std::string(entry.name);
  if (entry.pass == nullptr) { // a pass is named, not set
    title += "  " + values_of(entry);
  }
  return title + "  (default: " + std::string(entry.fallback) + ")";
}

std::string about(const AdmittedPass& pass) {
  std::string text = "class " + std::string(pass.class_name) + ", works on " +
                     (pass.level == PassLevel::Cgscc      ? "call graphs"
                      : pass.level == PassLevel::Function ? "functions"
                                                          : "loops") +
                     "; " + join(roles_of(pass), ", ");
  return pass.without.empty() ? text : text + "; without it: " + std::string(pass.without);
}

} // namespace

Json json_of(const Entry& entry) {
  Json json = {{"name", entry.name}, {"kind", kind_name(entry.kind)}};
  describe_values(json, entry);
  json["where"] = split(phase_of(entry), ',');
  for (auto& phase : json["where"]) {
    phase = trim(phase.get<std::string>());
  }
  json["source"] = entry.source;
  json["proven"] = is_proven(entry);
  if (entry.pass != nullptr) {
    json["pass"] = describe(*entry.pass);
  }
  return json;
}

std::string text_of(const Entry& entry) {
  std::string text = "  " + title_of(entry) + "\n" + wrapped("      ", entry.what);
  if (entry.pass == nullptr) {
    return text;
  }
  text += wrapped("      ", about(*entry.pass));
  for (const Entry& option : entry.pass->options) {
    text += wrapped("        ", title_of(option) + ": " + std::string(option.what));
  }
  return text;
}

Result<int> execute(const VocabularyArguments& arguments) {
  Json entries = Json::array();
  std::string text = format("vocabulary version %d\n", vocabulary_version);
  std::string_view kind;
  for (const auto& entry : vocabulary()) {
    entries.push_back(json_of(entry));
    if (kind_name(entry.kind) != kind) {
      kind = kind_name(entry.kind);
      text += "\n" + std::string(kind) + "\n";
    }
    text += text_of(entry);
  }
  if (arguments.json) {
    print_json({{"version", vocabulary_version}, {"entries", entries}});
  } else {
    print(text);
  }
  return exit_done;
}

} // namespace autopass
