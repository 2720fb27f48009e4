// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// autopass-clang and autopass-clang++: stand in for clang in a build. Classify the command, look
// for plans, record, and become the real compiler; whatever goes wrong in between, become it all
// the same.
#include "cache/plugin_arguments.h"
#include "classify.h"
#include "compiler.h"
#include "launch.h"
#include "look_up.h"
#include "record.h"
#include "starter.h"
#include "util/paths.h"

#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace autopass;

bool switched_off() {
  const char* value = std::getenv("AUTOPASS");
  return value != nullptr && std::string_view(value) == "off";
}

// Called as x86_64-linux-gnu-autopass-clang we pass the prefix on: clang takes the target from it.
void keep_target_prefix(Compiler& compiler, const std::string& our_name) {
  const auto at = our_name.find("-autopass-clang");
  if (at != std::string::npos && at > 0) {
    compiler.name = our_name.substr(0, at + 1) + base_name(compiler.name);
  }
}

// The words that make clang apply the plans, if there are any for this command.
std::vector<std::string> additions(const Compiler& compiler, int argc, char** argv) {
  const std::string folder = working_folder();
  const Decision decision = classify({argv + 1, argv + argc}, folder);
  Slice slice;
  if (decision.kind == JobKind::Compile || decision.kind == JobKind::CompileAndLink) {
    slice = look_up(compiler, decision, folder);
  }
  const Job job = make_job(compiler, decision, slice, folder);
  write_log(job);
  if (entry_of(decision.reason).recorded) {
    write_record(job);
  }
  if (decision.kind == JobKind::Link || decision.kind == JobKind::CompileAndLink) {
    start_tuning_after(job);
  }
  if (slice.digest.empty()) {
    return {};
  }
  ::setenv(output_variable, job.output.c_str(), 1);
  return plugin_arguments(slice.plugin, slice.llvm_major, slice.digest);
}

} // namespace

int main(int argc, char** argv) {
  Compiler compiler;
  std::vector<std::string> added;
  try {
    const std::string our_name = argc > 0 ? base_name(argv[0]) : std::string();
    compiler = find_compiler(our_name.find("++") != std::string::npos, configured_compiler());
    keep_target_prefix(compiler, our_name);
    if (!switched_off() && recursion_depth() == 0 && !compiler.path.empty()) {
      added = additions(compiler, argc, argv);
    }
    deepen_recursion();
  } catch (const std::exception&) {
    added.clear(); // a build does not fail because we do
  }
  return launch(compiler, added, argc, argv);
}
