// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// autopass-clang and autopass-clang++: stand in for clang in a build. Classify the command, look
// for plans, record, and become the real compiler; whatever goes wrong in between, become it all
// the same.
#include "intent.h"
#include "launch.h"
#include "launcher.h"
#include "record.h"
#include "starter.h"
#include "util/paths.h"

#include <cstdlib>
#include <exception>
#include <string>

namespace {

using namespace autopass;

// Leaves the record of what is about to be done.
void note(const Intent& intent) {
  const Job job = make_job(intent);
  write_log(job);
  write_record(intent, job);
  if (job.kind == JobKind::Link || job.kind == JobKind::CompileAndLink) {
    start_tuning_after(job);
  }
  if (!job.slice.empty()) {
    ::setenv(output_variable, job.output.c_str(), 1);
  }
}

} // namespace

int main(int argc, char** argv) {
  Intent intent;
  try {
    const auto launched = argc > 1 ? find_launched(argv[1]) : std::nullopt;
    if (launched) {
      ++argv; // from here on the command is the one that we launch
      --argc;
    }
    intent.compiler = launched && !launched->path.empty()
                          ? *launched
                          : chosen_compiler(argc > 0 ? base_name(argv[0]) : std::string());
    const bool found = !intent.compiler.path.empty() && !switched_off();
    if (found && recursion_depth() == 0) {
      intent = decide(intent.compiler, {argv + 1, argv + argc});
      note(intent);
    } else if (found) {
      write_count(Reason::Recursion);
    }
    deepen_recursion();
  } catch (const std::exception&) {
    intent.additions.clear(); // a build does not fail because we do
    intent.prefix.clear();
  }
  return launch(intent, argc, argv);
}
