// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "toolchain.h"

#include "cache/plan_store.h"
#include "cache/plugin_arguments.h"
#include "cache/snapshot.h"
#include "util/file.h"
#include "util/hash.h"
#include "util/paths.h"
#include "util/subprocess.h"
#include "util/text.h"

#include <cstdlib>

namespace autopass {

namespace {

Result<Outcome> ask(std::vector<std::string> argv) {
  Command command;
  command.argv = std::move(argv);
  command.timeout = 20;
  return run(command);
}

// What the compiler says it would load, where that is LLVM itself; none: it is all in one file.
std::vector<FileIdentity> libraries_of(const std::string& compiler) {
  std::vector<FileIdentity> libraries;
  const auto loads = ask({"env", "LD_TRACE_LOADED_OBJECTS=1", compiler, "--version"});
  for (const auto& line : split(loads ? loads->output : "", '\n')) {
    for (const auto& word : split(line, ' ')) {
      const std::string name = base_name(word);
      if (word[0] == '/' && (name.starts_with("libLLVM") || name.starts_with("libclang-cpp"))) {
        if (auto file = identify_file(word)) {
          libraries.push_back(std::move(*file));
        }
      }
    }
  }
  return libraries;
}

} // namespace

Result<Probe> probe_toolchain(const std::string& compiler) {
  const auto answer = ask({compiler, "-dumpversion"});
  if (!answer || !answer->success()) {
    return fail("cannot run the compiler " + compiler,
                "install it again (Debian: apt-get install clang-22), or build the target anew",
                "no-compiler");
  }
  TRY(Probe probe, pair_up(compiler, std::atoi(answer->output.c_str())));
  probe.libraries = libraries_of(compiler);
  if (probe.plugin.path.empty()) {
    return probe;
  }
  TRY(const Digest build, hash_file(probe.plugin.path));
  probe.plugin_build = build.hex();
  // The plugin may have been built for another patch level, or with other settings.
  std::vector<std::string> words = {compiler, "-O1", "-c", "-x", "c", "/dev/null", "-o", "/dev/null"};
  for (auto& word : plugin_arguments(probe.plugin.path, probe.llvm_major, "none")) {
    words.push_back(std::move(word));
  }
  TRY(const Outcome loaded, ask(std::move(words)));
  if (!loaded.success() || !loaded.errors.empty()) {
    const std::string said(trim(loaded.errors));
    probe.refusal = said.empty() ? loaded.status() : said.substr(0, 400);
  }
  return probe;
}

// Plugins are loaded when there is something to optimise, so it is given something.
std::optional<Probe> probe_linker(const Probe& compiler) {
  auto probe = pair_up_linker(compiler);
  const auto scratch = ScratchFolder::create("autopass-linker");
  if (!probe || !scratch) {
    return std::nullopt;
  }
  const std::string source = scratch->path() + "/one.c";
  if (!write_file(source, "int one(void) { return 1; }\n")) {
    return std::nullopt;
  }
  probe->libraries = libraries_of(probe->compiler.path);
  std::vector<std::string> words = {compiler.compiler.path, "-flto=thin", "-fuse-ld=lld", "-shared",
                                    "-nostdlib", source, "-o", scratch->path() + "/one.so"};
  for (auto& word : linker_arguments(probe->plugin.path, "none")) {
    words.insert(words.end(), {"-Xlinker", std::move(word)});
  }
  const auto linked = ask(std::move(words));
  if (!linked || !linked->success() || !linked->errors.empty()) {
    const std::string said(trim(linked ? linked->errors : linked.error().what));
    probe->refusal = said.empty() ? "no link" : said.substr(0, 400);
  }
  return probe;
}

Result<void> check_toolchain(const Probe& probe) {
  if (probe.plugin.path.empty()) {
    return fail(format("no pass plugin for LLVM %d in %s", probe.llvm_major,
                       library_folder().empty() ? "lib/autopass" : library_folder().c_str()),
                "install AutoPass with the plugin for this LLVM, or name the folder in "
                "AUTOPASS_LIBDIR",
                "plugin-missing");
  }
  if (!probe.refusal.empty()) {
    return fail(probe.compiler.path + " does not load " + probe.plugin.path + ": " + probe.refusal,
                "rebuild AutoPass against this LLVM", "plugin-refused");
  }
  return {};
}

Result<void> remember_toolchain(const Probe& probe) {
  // Who has plans by hand has a compiler to be known, even before there are others.
  const bool wanted = exists(plans_path()) || !plan_file_path().empty();
  if (!wanted || snapshot_path() != data_folder() + "/plans.snapshot") {
    return {};
  }
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY(const auto known, store.probes(probe.compiler.path));
  const auto checked = check_toolchain(probe);
  const std::string reason = checked ? std::string() : checked.error().reason;
  bool changed = judge(known, probe.compiler).reason != reason;
  if (changed) {
    TRY_VOID(store.remember(probe));
  }
  if (const auto linker = checked ? identify_linker(probe.compiler.path) : std::nullopt) {
    TRY(const auto of_linker, store.probes(linker->path));
    const std::string before = judge(of_linker, *linker).reason;
    const bool is_known = before.empty() || before == "plugin-refused";
    if (const auto tried = is_known ? std::nullopt : probe_linker(probe)) {
      TRY_VOID(store.remember(*tried));
      changed = true;
    }
  }
  return changed || !Snapshot::open(snapshot_path()) ? store.publish(snapshot_path())
                                                     : Result<void>();
}

Result<std::string> host_cpu(const std::string& compiler) {
  TRY(const Outcome answer, ask({compiler, "-march=native", "-###", "-c", "-x", "c", "/dev/null"}));
  const std::string marker = "\"-target-cpu\" \"";
  const auto start = answer.errors.find(marker);
  if (start == std::string::npos) {
    return fail(compiler + " does not say what -march=native means here",
                "set cpu = \"...\" in .autopass.toml");
  }
  const auto name = start + marker.size();
  return answer.errors.substr(name, answer.errors.find('"', name) - name);
}

} // namespace autopass
