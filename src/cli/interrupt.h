// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ctrl-C, SIGTERM and a closed terminal end the program with exit code 130 at once. Nothing has to
// be rescued: measurements are in builds.db as they come, plans are published in one transaction,
// and every child dies with us (util/subprocess.h). A session's folder is cleared by the next one
// (tune/cleared.h).
#pragma once

#include <string>

namespace autopass {

// `message` has to outlive the program.
void end_on_interrupt(const char* message);
// And this folder of ours goes, for verbs that have no next time.
void remove_on_interrupt(const std::string& folder);

} // namespace autopass
