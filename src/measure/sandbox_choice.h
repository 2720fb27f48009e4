// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether measured programs run in a sandbox: what was asked for, and what this kernel allows.
#pragma once

#include "util/sandbox.h"

#include <memory>
#include <string>

namespace autopass {

struct SandboxChoice {
  std::shared_ptr<const Sandbox> sandbox; // null: none
  std::string about;                      // "on", or "off: " and why
};

// `wanted` is "auto", "on" or "off"; a program is tried in `folder`. With "on" an Error, reason
// sandbox-refused, where that is not possible.
Result<SandboxChoice> choose_sandbox(const std::string& wanted, const std::string& folder);

} // namespace autopass
