// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What we read out of the compiler's remarks. Remarks are LLVM's words with names from the user's
// sources in them: parsed for the few facts below, never followed.
#pragma once

#include "agents/evidence.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// The (mangled) callees that the inliner says it put into this function, each once, sorted.
std::vector<std::string> inlined_into(const FunctionEvidence& function);
// The first number after `label` in a message: number_after("unroll by a factor of 4", "factor
// of").
std::optional<long> number_after(std::string_view message, std::string_view label);
// The text between the first pair of single quotes; empty when there is none.
std::string_view quoted(std::string_view message);

} // namespace autopass
