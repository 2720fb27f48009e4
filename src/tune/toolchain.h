// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The compiler of a recorded build: is it still there, which LLVM is it, does it load our plugin.
// The compile path never asks: a session does, and publishes the answer with the plans.
#pragma once

#include "cache/plan_store.h"
#include "util/error.h"

#include <string>

namespace autopass {

struct Toolchain {
  CompilerIdentity compiler;
  std::string plugin; // path
};

// Errors: no-compiler, plugin-missing, plugin-refused (with the compiler's own words).
Result<Toolchain> probe_toolchain(const std::string& compiler);

// What this compiler calls the machine that we run on ("znver3").
Result<std::string> host_cpu(const std::string& compiler);

} // namespace autopass
