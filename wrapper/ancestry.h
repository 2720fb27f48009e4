// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who has started us.
#pragma once

namespace autopass {

// A compiler cache is among the processes that have started us, itself or through a script or two. It
// keeps what comes out under the command line that it knows: with plans in it, objects would be stale.
bool started_by_cache();

} // namespace autopass
