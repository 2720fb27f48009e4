// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "output.h"
#include "request.h"
#include "tune/toolchain.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"
#include "wrapper/compiler.h"

#include <filesystem>

namespace autopass {
namespace {

// A TOML basic string.
std::string toml_text(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += std::string("\\") + c;
    } else if (byte < 0x20 || byte == 0x7f) {
      result += format("\\u%04x", byte);
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string list(const std::string& key, const std::vector<std::string>& words) {
  if (words.empty()) {
    return {};
  }
  std::vector<std::string> texts;
  for (const auto& word : words) {
    texts.push_back(toml_text(word));
  }
  return key + " = [" + join(texts, ", ") + "]\n";
}

std::string project_text(const InitArguments& arguments, const std::string& target,
                         const std::string& cpu, const std::string& folder) {
  const WorkloadArguments& workload = arguments.workload;
  const std::string project = arguments.project.empty() ? base_name(folder) : arguments.project;
  std::string text = "# What autopass tunes here and how it is run; see autopass(1).\n";
  text += "project = " + toml_text(project) + "\n";
  text += "cpu = " + toml_text(cpu) + " # the machine that the binaries are for\n\n[[target]]\n";
  text += "path = " + toml_text(target) + "\n";
  text += list("train", workload.run) + list("holdout", workload.holdout) +
          list("outputs", workload.outputs);
  if (!workload.input.empty()) {
    text += "input = " + toml_text(workload.input) + "\n";
  }
  if (!workload.prefix.empty()) {
    text += "prefix = " + toml_text(workload.prefix) + "\n";
  }
  if (!workload.tolerance.empty()) {
    text += "tolerance = " + toml_text(workload.tolerance) + "\n";
  }
  if (!workload.checker.empty()) {
    text += "checker = " + toml_text(workload.checker) + "\n";
  }
  if (workload.checks_errors) {
    text += "stderr = true\n";
  }
  return text;
}

} // namespace

Result<int> execute(const InitArguments& arguments) {
  const std::string folder = working_folder();
  const std::string file = project_file(folder);
  if (exists(file) && !arguments.force) {
    return fail(file + " is there already", "edit it, or autopass init --force ...");
  }
  if (arguments.workload.run.empty()) {
    return fail("no workload: how is " + arguments.target + " run?",
                "autopass init " + shell_quote(arguments.target) + " --run '{target} ...'",
                usage_reason);
  }
  const std::string target = absolute(arguments.target, folder);
  std::string relative = std::filesystem::path(target).lexically_relative(folder).string();
  if (relative.empty() || relative.starts_with("..")) {
    relative = target;
  }

  TRY(const Project outside, find_project(folder));
  TRY(const Config config, Config::load(outside));
  std::string cpu = config.get("cpu");
  if (cpu.empty()) {
    const Compiler compiler = find_compiler(false, config.get("clang"));
    TRY(cpu, host_cpu(compiler.path.empty() ? "clang" : compiler.path));
  }
  TRY_VOID(replace_file(file, project_text(arguments, relative, cpu, folder)));
  print("wrote " + file + " for " + cpu +
        "; next: build with CC=autopass-clang, then autopass tune\n");
  if (!exists(target)) {
    complain({"there is no " + target + " yet; it has to be what the build makes", {}, {}});
  }
  return exit_done;
}

} // namespace autopass
