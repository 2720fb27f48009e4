// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// autopass-clang is linked statically, because every compile pays for what its libraries cost to load: 1.5 ms of
// 4.4 where a page fault is dear. But what is preloaded to watch a build (bear) or to change how it sees its
// files (fakeroot) works in programs that load the C library, and has to see what we exec.
#pragma once

namespace autopass {

// Becomes the same wrapper with a C library to load, where something is to be preloaded. Returns otherwise, and
// where that program is not beside us.
void give_way_to_preloading(char** argv);

} // namespace autopass
