// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The compiler of a recorded build: is it still there, which LLVM is it, does it load our plugin.
// The compile path never asks: a session and `autopass doctor` do, and have compiles know the
// answer.
#pragma once

#include "cache/probe.h"
#include "util/error.h"

#include <optional>
#include <string>

namespace autopass {

// Has the compiler load the plugin for its LLVM. An Error only when there is nothing to remember:
// no-compiler, compiler-unknown.
Result<Probe> probe_toolchain(const std::string& compiler);
// An Error unless it loads the plugin: plugin-missing, plugin-refused (with the compiler's own
// words).
Result<void> check_toolchain(const Probe& probe);
// The same for the linker beside this compiler; nothing where there is none.
std::optional<Probe> probe_linker(const Probe& compiler);
// Writes both down where compiles and links look, if there are any plans for them to find. Not in a snapshot
// that AUTOPASS_PLANS names: that need not be made of our plans.
Result<void> remember_toolchain(const Probe& probe);

// What this compiler calls the machine that we run on ("znver3").
Result<std::string> host_cpu(const std::string& compiler);

} // namespace autopass
