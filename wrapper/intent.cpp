// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "intent.h"

#include "ancestry.h"
#include "build_id.h"
#include "cache/config.h"
#include "cache/plugin_arguments.h"
#include "cache/slice_place.h"
#include "companions.h"
#include "launcher.h"
#include "lto_link.h"
#include "program.h"
#include "record.h"
#include "unseen_options.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cctype>
#include <exception>
#include <string_view>

namespace autopass {
namespace {

// clang-22: another one will not do.
bool has_version(const std::string& called_as) {
  const auto clang = called_as.find("clang");
  return clang != std::string::npos &&
         called_as.find_first_of("0123456789", clang) != std::string::npos;
}

// x86_64-linux-gnu-autopass-clang-19 is x86_64-linux-gnu-clang-19 with us before it.
std::string without_us(std::string called_as) {
  constexpr std::string_view ours = "autopass-";
  const auto at = called_as.find("autopass-clang");
  return at == std::string::npos ? called_as : called_as.erase(at, ours.size());
}

// Called as x86_64-linux-gnu-autopass-clang or clang-cpp we pass on what clang takes from its name: target and driver.
void keep_name(Compiler& compiler, const std::string& called_as) {
  const std::string name = without_us(called_as);
  const auto at = name.find("-clang");
  if (names_other_driver(name)) {
    compiler.name = name;
  } else if (at != std::string::npos && at > 0) {
    compiler.name = name.substr(0, at + 1) + base_name(compiler.name);
  }
}

// The compiler, and where its arguments begin. As clang we take no program to launch: clang does
// not.
void choose(const std::vector<std::string>& words, Intent& intent) {
  std::string called_as = words.empty() ? std::string() : base_name(words[0]);
  while (!is_compiler_name(called_as) && words.size() > intent.leading) {
    const auto launched = find_launched(words[intent.leading]);
    if (!launched) {
      break;
    }
    called_as = base_name(words[intent.leading++]);
    if (!launched->path.empty()) {
      intent.compiler = *launched;
      return;
    }
  }
  intent.compiler = chosen_compiler(called_as);
}

// What stands against the plans that were found.
Reason objection(const Intent& intent) {
  if (is_ignored(intent.decision.sources, intent.folder, intent.slice.project)) {
    return Reason::Ignored;
  }
  return started_by_cache() ? Reason::BehindCache : Reason::None;
}

// On another machine there is neither this plugin nor this snapshot: the object would be stock, or
// none, under a command that says otherwise.
bool compiles_elsewhere(const std::string& prefix) {
  const Companion* companion = companion_called(prefix);
  return companion != nullptr && companion->elsewhere;
}

void choose_prefix(Intent& intent) {
  if (!intent.decision.to_object || intent.reason == Reason::Probe) {
    return; // nothing that could be kept, or a question about the compiler itself
  }
  auto words = split(Config::lenient("prefix"), ' ');
  std::erase(words, "");
  if (words.empty()) {
    return;
  }
  const std::string program = find_program(words.front());
  if (!is_program(program)) {
    intent.prefix_reason = Reason::PrefixMissing;
  } else if (base_name(intent.compiler.name) != base_name(intent.compiler.path) ||
             (!intent.additions.empty() && compiles_elsewhere(program))) {
    intent.prefix_reason = Reason::PrefixUnusable;
  } else {
    intent.prefix = words;
    intent.prefix.front() = program;
  }
}

// A link alone is looked up for its folder and first input, and recorded like any other.
void decide_link(const Compiler& compiler, Intent& intent) {
  const auto& inputs = intent.decision.inputs;
  if (intent.decision.linker == "lld" || !intent.decision.linker_path.empty()) {
    intent.slice = look_up(compiler, inputs.empty() ? std::string() : inputs.front(), intent.folder);
  }
  intent.reason = intent.slice.digest.empty() ? Reason::None : forbidden_unseen(intent);
  if (intent.reason == Reason::None) {
    intent.reason = add_link_plugin(intent.decision, intent.slice, intent.additions);
  }
  intent.slice = {}; // no plan is looked up in it
}

// The digest tells a cache which plans, the build which plugin: it reads neither file.
std::vector<std::string> plugin_options(const Slice& slice) {
  const std::string build = build_id(slice.plugin);
  return plugin_arguments(slice.plugin, slice.llvm_major,
                          slice.digest + (build.empty() ? "" : ":" + build));
}

} // namespace

bool switched_off() {
  std::string value = variable("AUTOPASS");
  std::transform(value.begin(), value.end(), value.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return value == "off" || value == "0" || value == "no" || value == "false";
}

bool is_ignored(const std::vector<std::string>& sources, const std::string& folder,
                Project project) {
  for (const auto& pattern : split(Config::lenient("ignore"), ':')) {
    project.ignore.push_back(pattern);
  }
  return std::any_of(sources.begin(), sources.end(), [&](const std::string& source) {
    const std::string path = absolute(source, folder);
    return project.ignores(path) || project.ignores(real_path(path));
  });
}

Compiler chosen_compiler(const std::string& called_as) {
  if (is_compiler_name(called_as) || has_version(called_as)) {
    Compiler compiler = find_namesake(without_us(called_as));
    if (!compiler.path.empty() || has_version(called_as)) {
      return compiler;
    }
    // Who looked for a clang and found our link is not left without one.
  }
  Compiler compiler = find_compiler(called_as.find("++") != std::string::npos,
                                    Config::lenient("clang"));
  keep_name(compiler, called_as);
  return compiler;
}

Intent intend(const std::vector<std::string>& words) {
  Intent intent;
  choose(words, intent);
  if (switched_off() || recursion_depth() > 0) {
    intent.reason = switched_off() ? Reason::Off : Reason::Recursion;
    return intent;
  }
  const std::size_t leading = intent.leading;
  if (!intent.compiler.path.empty()) {
    try {
      const auto count = std::min(leading, words.size());
      const auto first = words.begin() + static_cast<std::ptrdiff_t>(count);
      intent = decide(intent.compiler, {first, words.end()});
    } catch (const std::exception&) {
      intent.reason = Reason::InternalError;
    }
  }
  if (intent.reason == Reason::CompilerInternal) {
    intent.compiler.mode.clear(); // -cc1 has to stay the first word
  }
  intent.leading = leading;
  return intent;
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
    intent.slice = look_up(compiler, intent.decision.source, intent.folder);
    intent.reason = intent.slice.reason;
  }
  if (!intent.slice.digest.empty()) {
    intent.reason = forbidden_unseen(intent);
    if (intent.reason != Reason::None) {
      intent.decision.kind = JobKind::PassThrough;
    } else {
      intent.reason = objection(intent);
    }
    if (intent.reason == Reason::None && intent.decision.lto && intent.slice.llvm_major < 22) {
      intent.reason = Reason::Lto;
    }
    if (intent.reason == Reason::None) {
      intent.additions = plugin_options(intent.slice);
      if (intent.decision.lto && intent.decision.kind == JobKind::CompileAndLink) {
        intent.link_reason = add_link_plugin(intent.decision, intent.slice, intent.additions);
      }
    } else {
      intent.slice = {};
    }
  }
  if (intent.decision.kind == JobKind::Link && intent.decision.lto) {
    decide_link(compiler, intent);
  }
  choose_prefix(intent);
  return intent;
}

} // namespace autopass
