// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "intent.h"

#include "cache/config.h"
#include "cache/plugin_arguments.h"
#include "cache/slice_place.h"
#include "plugin_build.h"
#include "record.h"
#include "unseen_options.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <unistd.h>

namespace autopass {
namespace {

// The variable is the strongest source: where it is set, no file need be right.
std::string setting(const char* key, const char* variable) {
  if (const char* value = std::getenv(variable); value != nullptr && *value != '\0') {
    return value;
  }
  static const Result<Config> config = Config::load({}); // read once, when it is needed
  return config ? config->get(key) : std::string();
}

// Called as x86_64-linux-gnu-autopass-clang we pass the prefix on: clang takes the target from it.
void keep_target_prefix(Compiler& compiler, const std::string& called_as) {
  const auto at = called_as.find("-autopass-clang");
  if (at != std::string::npos && at > 0) {
    compiler.name = called_as.substr(0, at + 1) + base_name(compiler.name);
  }
}

// clang-22: another one will not do.
bool has_version(const std::string& called_as) {
  const auto clang = called_as.find("clang");
  return clang != std::string::npos &&
         called_as.find_first_of("0123456789", clang) != std::string::npos;
}

// ccache and sccache compile by starting what stands behind them on their command line, and keep
// what comes out under that command line: with plans in it they would give stale objects.
bool started_by_cache() {
  char path[512];
  const std::string link = "/proc/" + std::to_string(::getppid()) + "/exe";
  const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
  const std::string name = base_name({path, size > 0 ? static_cast<std::size_t>(size) : 0});
  return name == "ccache" || name == "sccache";
}

// What speaks against plans besides the words of the command.
Reason circumstances(const Intent& intent, const Result<Project>& project) {
  if (is_ignored(intent.decision.sources, intent.folder, project ? *project : Project())) {
    return Reason::Ignored;
  }
  return started_by_cache() ? Reason::BehindCache : Reason::None;
}

// On another machine there is neither this plugin nor this snapshot: the object would be stock, or
// none, under a command that says otherwise.
bool compiles_elsewhere(const std::string& prefix) {
  const std::string name = base_name(prefix);
  return name == "distcc" || name == "icecc";
}

void choose_prefix(Intent& intent) {
  if (!intent.decision.to_object || intent.reason == Reason::Probe) {
    return; // nothing that could be kept, or a question about the compiler itself
  }
  const auto words = split(setting("prefix", "AUTOPASS_PREFIX"), ' ');
  if (words.empty() || words.front().empty()) {
    return;
  }
  const std::string program = find_program(words.front());
  std::error_code ignored; // what cannot be looked at is no program
  if (!std::filesystem::is_regular_file(program, ignored) ||
      ::access(program.c_str(), X_OK) != 0) {
    intent.prefix_reason = Reason::PrefixMissing;
  } else if (base_name(intent.compiler.name) != base_name(intent.compiler.path) ||
             (!intent.additions.empty() && compiles_elsewhere(program))) {
    intent.prefix_reason = Reason::PrefixUnusable;
  } else {
    intent.prefix = words;
    intent.prefix.front() = program;
  }
}

// The digest tells a cache which plans, the build which plugin: it reads neither file.
std::vector<std::string> plugin_options(const Slice& slice) {
  const std::string build = plugin_build(slice.plugin);
  return plugin_arguments(slice.plugin, slice.llvm_major,
                          slice.digest + (build.empty() ? "" : ":" + build));
}

} // namespace

bool switched_off() {
  const char* value = std::getenv("AUTOPASS");
  return value != nullptr && std::string_view(value) == "off";
}

bool is_ignored(const std::vector<std::string>& sources, const std::string& folder,
                Project project) {
  for (const auto& pattern : split(setting("ignore", "AUTOPASS_IGNORE"), ':')) {
    project.ignore.push_back(pattern);
  }
  return std::any_of(sources.begin(), sources.end(), [&](const std::string& source) {
    const std::string path = absolute(source, folder);
    std::error_code code; // a source that is not there has no other name
    return project.ignores(path) ||
           project.ignores(std::filesystem::canonical(path, code).string());
  });
}

Compiler chosen_compiler(const std::string& called_as) {
  if (is_compiler_name(called_as)) {
    Compiler compiler = find_namesake(called_as);
    if (!compiler.path.empty() || has_version(called_as)) {
      return compiler;
    }
    // Who looked for a clang and found our link is not left without one.
  }
  Compiler compiler = find_compiler(called_as.find("++") != std::string::npos,
                                    setting("clang", "AUTOPASS_CLANG"));
  keep_target_prefix(compiler, called_as);
  return compiler;
}

Intent decide(const Compiler& compiler, const std::vector<std::string>& arguments) {
  Intent intent;
  intent.compiler = compiler;
  intent.folder = working_folder();
  intent.decision = classify(arguments, intent.folder);
  intent.reason = intent.decision.reason;
  if (is_other_compiler(compiler)) {
    intent.reason = Reason::NotClang;
    intent.decision.kind = JobKind::PassThrough;
    return intent;
  }
  const bool compiles = intent.decision.kind == JobKind::Compile ||
                        intent.decision.kind == JobKind::CompileAndLink;
  if (compiles) {
    const auto project = project_around(intent.decision.source, intent.folder);
    intent.reason = circumstances(intent, project);
    if (intent.reason != Reason::None) {
      intent.decision.kind = JobKind::PassThrough;
    } else {
      intent.slice = look_up(compiler, project);
      intent.reason = intent.slice.reason;
    }
  }
  if (!intent.slice.digest.empty()) {
    heed_unseen_options(intent);
  }
  // From here on it is known whether there are plans.
  if (!intent.slice.digest.empty()) {
    intent.additions = plugin_options(intent.slice);
  }
  choose_prefix(intent);
  return intent;
}

} // namespace autopass
