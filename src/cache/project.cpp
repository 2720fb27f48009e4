// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// .autopass.toml:
//
//   project = "lz4"                  # the scope of its plans; default: the folder's name
//   cpu = "znver3"                   # the machine that the binaries are for
//   never = ["aes_*"]                # functions that are left alone
//   ignore = ["third_party/*"]       # sources that are left alone
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
#include <cxxabi.h>
#include <fnmatch.h>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

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
    {"input", &TargetConfig::input, nullptr},     {"tolerance", &TargetConfig::tolerance, nullptr},
    {"checker", &TargetConfig::checker, nullptr}, {"stderr", &TargetConfig::stderr_counts, nullptr},
    {"prefix", &TargetConfig::prefix, nullptr},
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
                "known: path, train, holdout, outputs, link, folder, input, tolerance, checker, stderr, prefix", "bad-project-file");
  }
  if (target.path.empty()) {
    return fail(file + ": a [[target]] has no path", "add path = \"the binary\"",
                "bad-project-file");
  }
  return target;
}

std::string known_keys() {
  std::string known = "known: project, never, ignore, [[target]]";
  for (const ConfigKey& key : config_keys()) {
    if (key.project) {
      known += ", " + std::string(key.name);
    }
  }
  return known;
}

Result<void> read_values(Project& project, const TomlTable& table, const std::string& file) {
  for (const auto& [name, value] : table.values) {
    if (name == "project") {
      project.scope = value;
      continue;
    }
    if (name == "ignore" || name == "never") { // a single pattern will do for a list
      (name == "never" ? project.never : project.ignore) = {value};
      continue;
    }
    const auto keys = config_keys();
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [&](const ConfigKey& known) { return known.name == name; });
    if (key == keys.end()) {
      return fail(file + ": there is no key \"" + name + "\"", known_keys(), "bad-project-file");
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

// Who builds a tree runs its makefiles: its owner is trusted. The owner of a folder above is not.
Result<void> check_trust(const std::string& file, const std::string& start) {
  struct stat of_file {
  }, of_start{};
  if (::stat(file.c_str(), &of_file) != 0 || ::stat(start.c_str(), &of_start) != 0) {
    return fail(file + " cannot be looked at", {}, "bad-project-file");
  }
  const uid_t owner = of_file.st_uid;
  if (owner != 0 && owner != ::geteuid() && owner != of_start.st_uid) {
    return fail(file + " belongs to another user", "put an .autopass.toml of your own into the project",
                "project-not-trusted");
  }
  if ((of_file.st_mode & S_IWOTH) != 0) {
    return fail(file + " can be written by everybody", "chmod o-w " + file, "project-not-trusted");
  }
  return {};
}

Result<Project> read_project(const std::string& folder) {
  Project project;
  project.folder = folder;
  project.scope = base_name(folder);
  const std::string file = project_file(folder);
  auto read = read_toml(file);
  if (!read) {
    return fail(read.error().what, read.error().next, "bad-project-file");
  }
  TRY_VOID(read_values(project, *read, file));
  for (auto& [name, list] : read->lists) {
    if (name != "never" && name != "ignore") {
      return fail(file + ": there is no list \"" + name + "\"", known_keys(), "bad-project-file");
    }
    (name == "never" ? project.never : project.ignore) = std::move(list);
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

// Empty for a C function: without its prefix, "f" would be read as the type float.
std::string demangled(const std::string& symbol) {
  if (symbol.compare(0, 2, "_Z") != 0) {
    return {};
  }
  char* text = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, nullptr);
  const std::string name = text != nullptr ? text : "";
  std::free(text);
  return name;
}

// "int ns::f<int>(char*) const" -> "ns::f<int>": what people call it. Read from the end, because
// both the name and its template arguments may hold parentheses.
std::string without_signature(const std::string& name) {
  std::size_t end = name.rfind(')');
  for (int depth = 0; end != std::string::npos; --end) {
    depth += name[end] == ')' ? 1 : name[end] == '(' ? -1 : 0;
    if (depth == 0 || end == 0) {
      break;
    }
  }
  const std::string front = name.substr(0, end);
  int depth = 0;
  for (std::size_t at = front.size(); at > 0; --at) {
    const char c = front[at - 1];
    depth += c == ')' || c == '>' ? 1 : c == '(' || c == '<' ? -1 : 0;
    if (c == ' ' && depth == 0) {
      return front.substr(at);
    }
  }
  return front;
}

} // namespace

bool Project::forbids(const std::string& function) const {
  if (never.empty()) {
    return false;
  }
  const std::string full = demangled(function);
  const std::string names[] = {function, full, without_signature(full)};
  return std::any_of(never.begin(), never.end(), [&](const std::string& pattern) {
    return std::any_of(std::begin(names), std::end(names), [&](const std::string& name) {
      return !name.empty() && ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
    });
  });
}

bool Project::ignores(const std::string& path) const {
  const bool inside = !folder.empty() && path.compare(0, folder.size() + 1, folder + "/") == 0;
  const std::string names[] = {path, inside ? path.substr(folder.size() + 1) : "", base_name(path)};
  return std::any_of(ignore.begin(), ignore.end(), [&](const std::string& pattern) {
    return std::any_of(std::begin(names), std::end(names), [&](const std::string& name) {
      return !name.empty() && ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
    });
  });
}

Result<Project> find_project(const std::string& start) {
  std::string folder = real_path(start);
  Project project;
  for (; !folder.empty(); folder = parent(folder)) {
    if (exists(project_file(folder))) {
      TRY_VOID(check_trust(project_file(folder), start));
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
