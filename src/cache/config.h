// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Configuration, from the strongest to the weakest: flags (the caller's business), AUTOPASS_*
// variables, the project's .autopass.toml, $XDG_CONFIG_HOME/autopass/config.toml,
// /etc/autopass.toml, defaults. Keys are data: one table, see config_keys().
#pragma once

#include "util/error.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

struct ConfigKey {
  std::string_view name;     // "tune"
  std::string_view variable; // "AUTOPASS_TUNE"
  std::string_view fallback;
  std::string_view allowed;  // "off|auto", "<number>", "<duration>", or empty: anything
  bool project;              // may a project's .autopass.toml set it?
  std::string_view what;
};
std::span<const ConfigKey> config_keys();
// An Error that begins with `where` unless the key may have this value.
Result<void> check_config_value(const ConfigKey& key, std::string_view value,
                                const std::string& where);
// "300", "90s", "5m", "1h30m" in seconds.
Result<double> parse_duration(std::string_view text);

// One [[target]] of .autopass.toml.
struct TargetConfig {
  std::string path;                       // relative to the file
  std::vector<std::string> train;         // shell commands; {target} stands for the binary
  std::vector<std::string> holdout;
  std::vector<std::string> outputs;       // declared output files
  std::string link;                       // the link command when it went past us
  std::string folder;                     // working folder; default: the file's folder
  std::string input;                      // file for stdin
  std::string prefix;                     // words that the target is run through, measure/prefix.h
  std::string tolerance, checker, stderr_counts; // see measure/workload.h; as they were written
};

struct Project {
  std::string folder; // where .autopass.toml is; empty: none found
  std::string scope;  // `project = "..."`, default: the folder's name; empty without a file
  std::string cpu;    // empty: the store's
  std::vector<std::string> never;  // shell patterns of functions that are left alone
  std::vector<std::string> ignore; // shell patterns of sources that are left alone
  std::vector<TargetConfig> targets;
  std::map<std::string, std::string> values; // config keys that a project may set

  // True when a pattern of `never` fits `function` (its symbol): the symbol itself, the C++ name, or
  // the C++ name without result and parameters.
  bool forbids(const std::string& function) const;
  // True when a pattern of `ignore` fits the source's absolute path `path`, its path from the
  // project's folder, or its name.
  bool ignores(const std::string& path) const;
};

// Where a folder's project file is, or would be.
inline std::string project_file(const std::string& folder) { return folder + "/.autopass.toml"; }
// The nearest .autopass.toml upwards from `start` (real path). None: an empty Project.
// AUTOPASS_PROJECT overrides the scope. Reasons: bad-project-file; project-not-trusted for a file that
// belongs to another user than `start` does (somebody's /tmp/.autopass.toml), or that all may write.
Result<Project> find_project(const std::string& start);

class Config {
public:
  static Result<Config> load(const Project& project);
  std::string get(std::string_view key) const; // asserts that the key is in the table
  std::string origin(std::string_view key) const; // "default", "AUTOPASS_TUNE", a file's path
  // One key without a project, as a compile asks for it: another key that is wrong does not matter,
  // nor does a file that cannot be read. Empty: not set. The files are read at most once.
  static std::string lenient(std::string_view key);
  // Writes key=value to the user's config file; refuses unknown keys and values.
  static Result<void> set(std::string_view key, std::string_view value);

private:
  std::map<std::string, std::pair<std::string, std::string>, std::less<>> m_values;
};

} // namespace autopass
