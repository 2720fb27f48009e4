// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sandbox_choice.h"

#include "util/subprocess.h"

namespace autopass {
namespace {

// A sandbox in which a program can run in `folder` and write there: not each file system can be seen as
// a copy.
Result<std::shared_ptr<const Sandbox>> usable_sandbox(const std::string& folder) {
  TRY(auto sandbox, Sandbox::create());
  Command probe{.argv = {"/bin/sh", "-c", "mkdir .a && mv .a .b && rmdir .b"}, .timeout = 10};
  probe.confinement = confined_to(sandbox, folder);
  probe.folder = probe.confinement.folder;
  if (probe.folder == "/") {
    return fail("a workload that runs in / cannot have a copy of its folder",
                "run it in a folder of its own", "sandbox-refused");
  }
  TRY(const Outcome outcome, run(probe));
  if (!outcome.success()) {
    return fail("nothing can be written in a copy of " + probe.folder + ": " + outcome.errors,
                "--sandbox=off runs the workload without", "sandbox-refused");
  }
  return sandbox;
}

} // namespace

Result<SandboxChoice> choose_sandbox(const std::string& wanted, const std::string& folder) {
  if (wanted == "off") {
    return SandboxChoice{nullptr, "off: as was asked"};
  }
  auto sandbox = usable_sandbox(folder);
  if (sandbox) {
    return SandboxChoice{*sandbox, "on"};
  }
  if (wanted == "on") {
    return tl::make_unexpected(std::move(sandbox).error());
  }
  return SandboxChoice{nullptr, "off: " + sandbox.error().what};
}

} // namespace autopass
