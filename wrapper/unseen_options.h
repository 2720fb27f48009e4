// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Options that are not in the command: the compiler takes a target from its own name, and more from
// configuration files that it finds by itself. Asked only when there are plans to apply.
#pragma once

#include "intent.h"

#include <string>

namespace autopass {

// Some *.cfg in this folder has options with which we would have left the command alone; where the linker would
// load our plugin (`links`), also such as choose it. Which of the files is for this command is a matter of names and
// targets; here each of them is.
bool has_forbidding_configuration(const std::string& folder, bool links);

// Why, for options that are not in its command, an intent that has plans has to be left alone.
Reason forbidden_unseen(const Intent& intent);

} // namespace autopass
