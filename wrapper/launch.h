// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "intent.h"

namespace autopass {

// Becomes the compiler of this intent: same process, so that signals, limits, descriptors and whoever
// waits for us meet it directly. A prefix, if any, is what is started in its place, with the compiler
// as its first argument. The additions come first, where no "--" can turn them into inputs. What
// cannot be started with either is tried without, and that is recorded. Returns only when there is
// nothing to run: then the exit code, after one line on stderr.
int launch(Intent& intent, int argc, char** argv);

} // namespace autopass
