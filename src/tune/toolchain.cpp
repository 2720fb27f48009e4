// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "toolchain.h"

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

} // namespace

Result<Toolchain> probe_toolchain(const std::string& compiler) {
  const auto answer = ask({compiler, "-dumpversion"});
  if (!answer || !answer->success()) {
    return fail("cannot run the compiler of the recorded build, " + compiler,
                "install it again (Debian: apt-get install clang-22), or build the target anew",
                "no-compiler");
  }
  const int major = std::atoi(answer->output.c_str());

  Toolchain toolchain;
  toolchain.plugin = plugin_path(major);
  if (toolchain.plugin.empty()) {
    return fail(format("no pass plugin for LLVM %d in %s", major,
                       library_folder().empty() ? "lib/autopass" : library_folder().c_str()),
                "install AutoPass with the plugin for this LLVM, or name the folder in "
                "AUTOPASS_LIBDIR",
                "plugin-missing");
  }

  // Debian's plugin folder may hold a plugin that was built for another patch level: load it once.
  TRY(const Outcome loaded, ask({compiler, "-fpass-plugin=" + toolchain.plugin, "-O1", "-c", "-x",
                                 "c", "/dev/null", "-o", "/dev/null"}));
  if (!loaded.success() || !loaded.errors.empty()) {
    return fail(compiler + " does not load " + toolchain.plugin + ": " +
                    std::string(trim(loaded.errors)).substr(0, 400),
                "rebuild AutoPass against this LLVM", "plugin-refused");
  }

  TRY(toolchain.compiler, identify_compiler(compiler));
  toolchain.compiler.llvm_major = major;
  TRY(const Digest build, hash_file(toolchain.plugin));
  toolchain.compiler.plugin = build.hex();
  return toolchain;
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
