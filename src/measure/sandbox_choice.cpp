// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sandbox_choice.h"

#include "util/subprocess.h"

namespace autopass {
namespace {

// A sandbox in which a program can run in `folder`: not each file system can be seen as a copy.
Result<std::shared_ptr<const Sandbox>> usable_sandbox(const std::string& folder) {
  TRY(auto sandbox, Sandbox::create());
  Command nothing{.argv = {"/bin/sh", "-c", ":"}, .folder = folder, .timeout = 10};
  nothing.confinement.sandbox = sandbox;
  nothing.confinement.folder = folder;
  TRY_VOID(run(nothing));
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
