// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "config.h"

#include "config_file.h"
#include "toml_file.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>

namespace autopass {
namespace {

constexpr const char* system_file = "/etc/autopass.toml";

// Whatever starts a program, sends data away or belongs to one machine is not for a project file.
constexpr std::array<ConfigKey, 11> keys = {{
    {"tune", "AUTOPASS_TUNE", "off", "off|auto", false,
     "auto: tune a target in the background after it was linked, if it has a workload"},
    {"budget", "AUTOPASS_BUDGET", "5m", "<duration>", true,
     "wall time of one session: seconds, or 90s, 5m, 1h30m"},
    {"agent", "AUTOPASS_AGENT", "expert", "expert|llm", false, "who proposes what to try"},
    {"llm-endpoint", "AUTOPASS_LLM_ENDPOINT", "", "", false,
     "an OpenAI-compatible endpoint (http://127.0.0.1:8080/v1)"},
    {"llm-model", "AUTOPASS_LLM_MODEL", "", "", false, "the model to ask for there"},
    {"clang", "AUTOPASS_CLANG", "", "", false,
     "the real compiler; default: the newest clang on PATH that we have a plugin for"},
    {"prefix", "AUTOPASS_PREFIX", "", "", false,
     "a program that compiles are handed to, with the real compiler behind it: ccache"},
    {"ignore", "AUTOPASS_IGNORE", "", "", false,
     "shell patterns of sources that are left alone, with colons between them"},
    {"cpu", "AUTOPASS_CPU", "", "", true,
     "the machine that binaries are for, as -mcpu names it; default: where the first tune ran"},
    {"core", "AUTOPASS_CORE", "", "<number>", false,
     "the core that measurements are pinned to; default: the last one that we may use"},
    {"sandbox", "AUTOPASS_SANDBOX", "auto", "auto|on|off", false,
     "whether measured programs run without network and on copies of what they write; auto: where the "
     "kernel lets us"},
}};

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 10 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

const ConfigKey* find_config_key(std::string_view name) {
  const auto key = std::find_if(keys.begin(), keys.end(),
                                [&](const ConfigKey& known) { return known.name == name; });
  return key != keys.end() ? &*key : nullptr;
}

std::string user_config_file() {
  const std::string folder = config_folder();
  return folder.empty() ? std::string() : folder + "/config.toml";
}

Result<std::map<std::string, std::string>> read_config_file(const std::string& path) {
  if (path.empty() || !exists(path)) {
    return std::map<std::string, std::string>();
  }
  TRY(TomlTable table, read_toml(path));
  for (const auto& [name, value] : table.values) {
    const ConfigKey* key = find_config_key(name);
    if (key == nullptr) {
      return fail(path + ": there is no key \"" + name + "\"", "see: autopass config",
                  "bad-config");
    }
    TRY_VOID(check_config_value(*key, value, path));
  }
  if (!table.lists.empty() || !table.tables.empty()) {
    return fail(path + ": only plain key = value lines are known here", {}, "bad-config");
  }
  return table.values;
}

std::span<const ConfigKey> config_keys() {
  return keys;
}

Result<double> parse_duration(std::string_view text) {
  double seconds = 0;
  std::string_view rest = text;
  do {
    const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (!is_number(rest.substr(0, digits))) {
      return fail("\"" + std::string(text) + "\" is not a duration", "300, 90s, 5m, 1h30m");
    }
    const double count = std::atof(std::string(rest.substr(0, digits)).c_str());
    rest.remove_prefix(digits);
    const char unit = rest.empty() ? 's' : rest[0];
    const double factor = unit == 's' ? 1 : unit == 'm' ? 60 : unit == 'h' ? 3600 : 0;
    if (factor == 0) {
      return fail("\"" + std::string(text) + "\" is not a duration", "300, 90s, 5m, 1h30m");
    }
    seconds += count * factor;
    rest.remove_prefix(rest.empty() ? 0 : 1);
  } while (!rest.empty());
  return seconds;
}

Result<void> check_config_value(const ConfigKey& key, std::string_view value,
                                const std::string& where) {
  bool good = true;
  if (key.allowed == "<duration>") {
    const auto seconds = parse_duration(value);
    good = seconds && *seconds > 0;
  } else if (key.allowed == "<number>") {
    good = value.empty() || is_number(value);
  } else if (!key.allowed.empty()) {
    const auto words = split(key.allowed, '|');
    good = std::find(words.begin(), words.end(), value) != words.end();
  }
  if (!good) {
    return fail(where + ": " + std::string(key.name) + " cannot be \"" + std::string(value) + "\"",
                "allowed: " + std::string(key.allowed == "<duration>" ? "300, 90s, 5m, 1h30m" : key.allowed),
                "bad-config");
  }
  return {};
}

Result<Config> Config::load(const Project& project) {
  Config config;
  for (const auto& key : keys) {
    config.m_values[std::string(key.name)] = {std::string(key.fallback), "default"};
  }
  for (const std::string& file : {std::string(system_file), user_config_file()}) {
    TRY(const auto values, read_config_file(file));
    for (const auto& [name, value] : values) {
      config.m_values[name] = {value, file};
    }
  }
  for (const auto& [name, value] : project.values) {
    config.m_values[name] = {value, project_file(project.folder)};
  }
  for (const auto& key : keys) {
    const char* value = std::getenv(std::string(key.variable).c_str());
    if (value != nullptr && *value != '\0') {
      TRY_VOID(check_config_value(key, value, std::string(key.variable)));
      config.m_values[std::string(key.name)] = {value, std::string(key.variable)};
    }
  }
  return config;
}

std::string Config::lenient(std::string_view key) {
  const ConfigKey* known = find_config_key(key);
  assert(known != nullptr);
  const auto good = [&](std::string_view value) {
    return !value.empty() && check_config_value(*known, value, {});
  };
  if (const char* value = std::getenv(std::string(known->variable).c_str());
      value != nullptr && good(value)) {
    return value;
  }
  static const auto files = [] {
    std::vector<TomlTable> tables;
    for (const std::string& file : {user_config_file(), std::string(system_file)}) {
      if (auto table = !file.empty() && exists(file) ? read_toml(file) : TomlTable()) {
        tables.push_back(std::move(*table));
      }
    }
    return tables;
  }();
  for (const auto& table : files) {
    const auto value = table.values.find(std::string(key));
    if (value != table.values.end() && good(value->second)) {
      return value->second;
    }
  }
  return {};
}

std::string Config::get(std::string_view key) const {
  const auto value = m_values.find(key);
  assert(value != m_values.end());
  return value->second.first;
}

std::string Config::origin(std::string_view key) const {
  const auto value = m_values.find(key);
  assert(value != m_values.end());
  return value->second.second;
}

} // namespace autopass
