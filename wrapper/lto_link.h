// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Links with link-time optimisation: the linker compiles, and does what compiles have left to it if it loads the
// plugin.
#pragma once

#include "intent.h"

namespace autopass {

// For a command that links with -flto, has the plugin loaded by the linker: sets `additions`. Why not, otherwise.
// `slice` is that of the command's compiles, or of the folder.
Reason add_link_plugin(const Decision& decision, const Slice& slice, std::vector<std::string>& additions);

} // namespace autopass
