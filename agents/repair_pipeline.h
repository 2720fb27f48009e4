// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The part of repair() that makes a pipeline valid: passes by their nearest name and where they can
// run, options by their nearest name and range. What cannot be made right is dropped, with a note.
#pragma once

#include "roles.h"

#include <functional>
#include <string>

namespace autopass {

Pipeline repair_pipeline(const Pipeline& said, const Subject& subject,
                         const std::function<void(const std::string&)>& note);

} // namespace autopass
