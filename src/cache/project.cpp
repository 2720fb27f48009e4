// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// .autopass.toml:
//
//   project = "lz4"                  # the scope of its plans; default: the folder's name
//   cpu = "znver3"                   # the machine that the binaries are for
//   never = ["aes_*"]                # functions that are left alone
//
//   [[target]]
//   path = "lz4"
//   train = ["{target} -9 -c big.txt"]
//   holdout = ["{target} -9 -c other.txt"]
#include "config.h"

#include "toml_file.h"
#include "util/file.h"
#include "util/paths.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace autopass {
namespace {

constexpr const char* file_name = "/.autopass.toml";

// One key of [[target]]: a text or a list of texts (a single text will do for a list).
struct TargetKey {
  std::string_view name;
  std::string TargetConfig::*text;
  std::vector<std::string> TargetConfig::*list;
};
constexpr TargetKey target_keys[] = {
    {"path", &TargetConfig::path, nullptr},       {"train", nullptr, &TargetConfig::train},
    {"holdout", nullptr, &TargetConfig::holdout}, {"outputs", nullptr, &TargetConfig::outputs},
    {"link", &TargetConfig::link, nullptr},       {"folder", &TargetConfig::folder, nullptr},
    {"input", &TargetConfig::input, nullptr},
};

Result<TargetConfig> read_target(TomlTable table, const std::string& file) {
  TargetConfig target;
  for (const auto& key : target_keys) {
    const std::string name(key.name);
    if (const auto value = table.values.find(name); value != table.values.end()) {
      if (key.text != nullptr) {
        target.*key.text = value->second;
      } else {
        target.*key.list = {value->second};
      }
      table.values.erase(value);
    }
    if (const auto list = table.lists.find(name);
        key.list != nullptr && list != table.lists.end()) {
      target.*key.list = list->second;
      table.lists.erase(list);
    }
  }
  std::string unknown;
  for (const auto& [name, value] : table.values) {
    unknown = name;
  }
  for (const auto& [name, value] : table.lists) {
    unknown = name;
  }
  for (const auto& [name, value] : table.tables) {
    unknown = name;
  }
  if (!unknown.empty()) {
    return fail(file + ": [[target]] has no key \"" + unknown + "\" of that type",
                "known: path, train, holdout, outputs, link, folder, input", "bad-project-file");
  }
  if (target.path.empty()) {
    return fail(file + ": a [[target]] has no path", "add path = \"the binary\"",
                "bad-project-file");
  }
  return target;
}

Result<void> read_values(Project& project, const TomlTable& table, const std::string& file) {
  for (const auto& [name, value] : table.values) {
    if (name == "project") {
      project.scope = value;
      continue;
    }
    const auto keys = config_keys();
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [&](const ConfigKey& known) { return known.name == name; });
    if (key == keys.end()) {
      return fail(file + ": there is no key \"" + name + "\"", {}, "bad-project-file");
    }
    if (!key->project) {
      return fail(file + ": \"" + name + "\" cannot be set by a project",
                  "set it for yourself: autopass config " + name + "=...", "bad-project-file");
    }
    if (auto good = check_config_value(*key, value, file); !good) {
      return fail(good.error().what, good.error().next, "bad-project-file");
    }
    project.values[name] = value;
    if (name == "cpu") {
      project.cpu = value;
    }
  }
  return {};
}

Result<Project> read_project(const std::string& folder) {
  Project project;
  project.folder = folder;
  project.scope = base_name(folder);
  const std::string file = folder + file_name;
  auto read = read_toml(file);
  if (!read) {
    return fail(read.error().what, read.error().next, "bad-project-file");
  }
  TRY_VOID(read_values(project, *read, file));
  for (auto& [name, list] : read->lists) {
    if (name != "never") {
      return fail(file + ": there is no list \"" + name + "\"", {}, "bad-project-file");
    }
    project.never = std::move(list);
  }
  for (auto& [name, tables] : read->tables) {
    if (name != "target") {
      return fail(file + ": there is no table \"" + name + "\"", "targets are [[target]]",
                  "bad-project-file");
    }
    for (auto& table : tables) {
      TRY(TargetConfig target, read_target(std::move(table), file));
      project.targets.push_back(std::move(target));
    }
  }
  return project;
}

} // namespace

Result<Project> find_project(const std::string& start) {
  std::error_code code;
  std::string folder = std::filesystem::canonical(start, code).string();
  Project project;
  for (; !code && !folder.empty(); folder = parent(folder)) {
    if (exists(folder + file_name)) {
      TRY(project, read_project(folder));
      break;
    }
    if (folder == "/") {
      break;
    }
  }
  if (const char* scope = std::getenv("AUTOPASS_PROJECT"); scope != nullptr && *scope != '\0') {
    project.scope = scope;
  }
  return project;
}

} // namespace autopass
