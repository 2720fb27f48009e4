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

#include <algorithm>
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

// The lld that -fuse-ld=lld means, if it is beside the compiler and a link with the plugin goes well. An lld that cannot
// load a plugin ends the link, so none that has not been tried is handed one.
std::optional<FileIdentity> linker_of(const Probe& probe) {
  const auto answer = ask({probe.compiler.path, "-print-prog-name=ld.lld"});
  const std::string linker = answer && answer->success() ? real_path(std::string(trim(answer->output))) : std::string();
  if (probe.llvm_major < 22 || linker.empty() || parent(linker) != parent(probe.compiler.path)) {
    return std::nullopt;
  }
  const auto linked = ask({probe.compiler.path, "-O1", "-flto", "-fuse-ld=lld", "-shared", "-nostdlib", "-x", "c",
                           "/dev/null", "-o", "/dev/null", "-Xlinker", "--load-pass-plugin=" + probe.plugin.path});
  return linked && linked->success() && linked->errors.empty() ? identify_file(linker) : std::nullopt;
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
  } else if (auto linker = linker_of(probe)) {
    probe.libraries.push_back(std::move(*linker));
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
  const Standing standing = judge(known, probe.compiler);
  const auto linker = std::find_if(probe.libraries.begin(), probe.libraries.end(), is_linker);
  const bool same_linker = standing.linker == (linker == probe.libraries.end() ? std::string() : linker->path);
  if (standing.reason == reason && same_linker && Snapshot::open(snapshot_path())) {
    return {};
  }
  TRY_VOID(store.remember(probe));
  return store.publish(snapshot_path());
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
