// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The mark that a planned function carries: a string attribute whose value names the plan's content
// and the plugin's format, so that whoever keys a cache by attributes sees what was applied.
#pragma once

#include "plan/plan.h"

#include <string>

namespace autopass {

inline constexpr char tag_attribute[] = "autopass";
std::string tag_of(const Plan& plan);

} // namespace autopass
