// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "start_failure.h"

#include <cerrno>

namespace autopass {

tl::unexpected<Error> not_started(const Command& command, const StartFailure& failure) {
  const std::string what = "cannot start " + command.argv[0];
  errno = failure.reason;
  switch (failure.step) {
  case StartFailure::Step::Sandbox:
    return fail_errno(what + " in a sandbox", "--sandbox=off runs the workload without",
                      "sandbox-refused");
  case StartFailure::Step::Folder:
    return fail_errno(what + " in " + command.folder,
                      "check that the folder's path is right, and that you may enter it");
  case StartFailure::Step::Input:
    return fail_errno(what + " with input " + command.input,
                      "check that the file's path is right, and that you may read it");
  case StartFailure::Step::Core:
    return fail_errno(what + " on core " + std::to_string(command.core),
                      "name a core that we may use: taskset -cp $$ lists them");
  case StartFailure::Step::Exec:
    break;
  }
  return fail_errno(what, "check that its path is right, or that it is on PATH, and that it is executable; a script "
                          "also needs the program that its first line names");
}

} // namespace autopass
