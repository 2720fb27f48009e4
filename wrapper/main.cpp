// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// autopass-clang and autopass-clang++: stand in for clang in a build. Classify the command, look
// for plans, record, and become the real compiler; whatever goes wrong in between, become it all
// the same.
#include "intent.h"
#include "launch.h"
#include "preloading.h"
#include "record.h"
#include "starter.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

namespace {

using namespace autopass;

// Leaves the record of what is about to be done.
void note(const Intent& intent) {
  if (intent.reason == Reason::Off || intent.compiler.path.empty()) {
    return;
  }
  if (intent.reason == Reason::Recursion || intent.reason == Reason::InternalError) {
    write_count(intent.reason);
    return;
  }
  const Job job = make_job(intent);
  write_log(job);
  write_record(intent, job);
  if ((job.kind == JobKind::Link || job.kind == JobKind::CompileAndLink) && !intent.decision.lto) { // which sessions refuse
    start_tuning_after(job);
  }
  if (!job.slice.empty()) {
    ::setenv(output_variable, job.output.c_str(), 1);
  }
}

// A build does not fail because we do. What is left undone by a second failure is not missed.
void recover(Intent& intent, bool cplusplus) noexcept {
  ::unsetenv(output_variable);
  intent.additions.clear();
  intent.prefix.clear();
  try {
    if (intent.compiler.path.empty()) {
      intent.compiler = find_any_compiler(cplusplus);
    }
    write_count(Reason::InternalError);
  } catch (const std::exception&) {
  }
}

int give_up(const char* name) {
  std::fprintf(stderr,
               "%s: loop: compilers on PATH have started each other %d times, by way of "
               "autopass-clang: give the script among them the path of the compiler that it is to "
               "run, or take it off PATH (if none is one, unset %s)\n",
               name, recursion_depth(), guard_variable);
  return 127;
}

} // namespace

int main(int argc, char** argv) {
  const char* called_as = argc > 0 ? argv[0] : "autopass-clang";
  if (recursion_depth() >= longest_chain) {
    return give_up(called_as);
  }
  Intent intent;
  try {
#ifdef AUTOPASS_IS_STATIC
    give_way_to_preloading(argv);
#endif
    intent = intend({argv, argv + argc});
    note(intent);
    if (intent.leading == 1 && !switched_off()) {
      leave_path(intent.compiler);
    }
  } catch (const std::exception&) {
    recover(intent, std::strstr(called_as, "++") != nullptr);
  }
  deepen_recursion();
  // The compiler's arguments, behind a word that it does not see.
  const int skipped = argc > 0 ? static_cast<int>(intent.leading) - 1 : 0;
  const auto start = [&] {
    return launch(intent, argc - skipped, argv + skipped);
  };
  try {
    return start();
  } catch (const std::exception&) {
    intent.decision = {}; // memory for the words of a command
    return start();
  }
}
