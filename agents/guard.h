// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Code that must take the same time whatever its data: no lever may turn its selects into branches.
#pragma once

#include "evidence.h"
#include "plan/vocabulary.h"

#include <string_view>

namespace autopass {

struct Subject;

// Judged by the names that such code carries ("ct_select", "constant_time_eq", "timingsafe_bcmp").
bool looks_constant_time(std::string_view function);
// False for levers that decide between selects and branches, in constant-time code.
bool allowed_for(const Entry& entry, const Subject& subject);

} // namespace autopass
