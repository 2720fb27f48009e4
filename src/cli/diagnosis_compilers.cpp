// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiles never try whether their compiler loads the plugin, they look up what came of it. So
// after an upgrade of either plans rest until somebody tries again: a session does, and this does.
#include "cache/config.h"
#include "cache/plan_store.h"
#include "cache/snapshot.h"
#include "diagnosis.h"
#include "reasons.h"
#include "tune/toolchain.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/subprocess.h"
#include "util/text.h"
#include "wrapper/compiler.h"
#include "wrapper/intent.h"

#include <algorithm>
#include <set>

namespace autopass {
namespace {

// "Debian clang version 19.1.7 (...)"
std::string version_of(const std::string& compiler) {
  Command command;
  command.argv = {compiler, "--version"};
  command.timeout = 20;
  const auto answer = run(command);
  return answer ? answer->output.substr(0, answer->output.find('\n')) : std::string();
}

// What compiles are told about this compiler now.
std::string reason_in_snapshot(const FileIdentity& compiler) {
  auto snapshot = Snapshot::open(snapshot_path());
  if (!snapshot) {
    return snapshot.error().reason;
  }
  const auto standing = snapshot->standing(compiler);
  return standing ? standing->reason : standing.error().reason;
}

Symptom memory(const Probe& probe) {
  const std::string before = reason_in_snapshot(probe.compiler);
  if (const auto remembered = remember_toolchain(probe); !remembered) {
    return {"memory", Health::Fail, remembered.error().what, remembered.error().next, before};
  }
  const std::string after = reason_in_snapshot(probe.compiler);
  const bool first_time = before == "no-snapshot" || before == "compiler-unknown";
  if (after.empty() && !before.empty() && !first_time) {
    return {"memory", Health::Warn,
            "plans were not looked up for this compiler (" + before + ": " +
                std::string(meaning_of(before)) + "); it was tried again just now, and they are",
            "build anew what was built in between", before};
  }
  if (after == "no-snapshot") { // the first tune that finds something writes it
    return {"memory", Health::Ok, "there are no plans yet: compiles are stock",
            "with plans by hand: AUTOPASS_PLANS=file autopass doctor", after};
  }
  if (!after.empty()) {
    return {"memory", Health::Warn, "compiles are told: " + after + " (" + std::string(meaning_of(after)) + ")", "", after};
  }
  return {"memory", Health::Ok, "compiles know that this compiler loads the plugin"};
}

// Which links with -flto get their part of plans.
Symptom linker(const Probe& probe) {
  const auto tried = std::find_if(probe.libraries.begin(), probe.libraries.end(), is_linker);
  return {"linker", Health::Ok,
          tried != probe.libraries.end()
              ? tried->path + ": loads it, too, for -flto with -fuse-ld=lld"
              : format("no lld of LLVM %d beside the compiler loads it: links with -flto are stock", probe.llvm_major)};
}

// What is wrong with the compiler of a build is a failure, with another one a warning.
Symptoms examine(const std::string& path, const std::string& name, Health trouble) {
  const auto probe = probe_toolchain(path);
  if (!probe) {
    const Error& error = probe.error();
    return {{name, trouble, error.what, error.next, error.reason}};
  }
  Symptoms symptoms = {
      {name, Health::Ok,
       format("%s: LLVM %d, %s", path.c_str(), probe->llvm_major, version_of(path).c_str())}};
  if (trouble == Health::Warn && probe->plugin.path.empty()) {
    symptoms.push_back({"plugin", Health::Ok, "none for it: what it compiles gets no plans"});
    return symptoms;
  }
  if (const auto loads = check_toolchain(*probe); !loads) {
    const Error& error = loads.error();
    symptoms.push_back({"plugin", trouble, error.what, error.next, error.reason});
  } else {
    symptoms.push_back({"plugin", Health::Ok, probe->plugin.path + ": loads"});
  }
  symptoms.push_back(memory(*probe));
  if (probe->llvm_major >= 22) { // whose links can have any
    symptoms.push_back(linker(*probe));
  }
  return symptoms;
}

// Those that were ever tried, the plain clang, and the newest of each major that there is a plugin for.
std::set<std::string> other_compilers() {
  std::set<std::string> paths;
  if (exists(plans_path())) {
    if (auto store = PlanStore::open(plans_path())) {
      for (const auto& path : store->compilers().value_or(std::vector<std::string>())) {
        paths.insert(path);
      }
    }
  }
  // What a build gets that asks for clang behind our masquerade folder.
  if (const auto plain = identify_compiler(find_namesake("clang").path)) {
    paths.insert(plain->path);
  }
  for (const int major : plugin_majors()) {
    const Compiler compiler = find_compiler(false, "clang-" + std::to_string(major));
    if (const auto identity = identify_compiler(compiler.path)) {
      paths.insert(identity->path);
    }
  }
  return paths;
}

Symptoms check_first(const Compiler& compiler) {
  if (const std::string configured = Config::lenient("clang");
      !configured.empty() && !is_program(compiler.path)) {
    return {{"compiler", Health::Fail, "the configured compiler, " + configured + ", was not found",
             "autopass config, which says where clang is set", "no-compiler"}};
  }
  if (compiler.path.empty()) {
    return {{"compiler", Health::Fail, "no clang was found on PATH",
             "install one (Debian: apt-get install clang-22), or autopass config clang=/path/to/it",
             "no-compiler"}};
  }
  if (is_wrapper(compiler.path)) {
    return {{"compiler", Health::Fail,
             "the configured compiler, " + compiler.path + ", is autopass-clang itself",
             "autopass config clang=/usr/bin/clang-22, and unset AUTOPASS_CLANG", "recursion"}};
  }
  return examine(compiler.path, "compiler", Health::Fail);
}

} // namespace

Symptoms check_compilers() {
  const Compiler compiler = chosen_compiler("autopass-clang");
  Symptoms symptoms = check_first(compiler);
  std::vector<std::string> majors;
  for (const int major : plugin_majors()) {
    majors.push_back(std::to_string(major));
  }
  if (!majors.empty()) {
    symptoms.push_back(
        {"plugins", Health::Ok, "for LLVM " + join(majors, ", ") + " in " + library_folder()});
  }
  const auto first = identify_compiler(compiler.path);
  for (const auto& path : other_compilers()) {
    if ((!first || path != first->path) && exists(path)) {
      for (auto& symptom : examine(path, "other compiler", Health::Warn)) {
        symptoms.push_back(std::move(symptom));
      }
    }
  }
  return symptoms;
}

} // namespace autopass
