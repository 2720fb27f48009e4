// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The closed list of what Analysis can find. Rules ask by name, models are told by name.
#pragma once

#include "agents/roles.h"

#include <span>
#include <string_view>

namespace autopass {

struct FindingName {
  std::string_view name;
  std::string_view what; // one sentence for people and models
};
std::span<const FindingName> finding_names();

// The innermost loops, the likely hottest first (deep before shallow, large before small).
std::vector<const LoopEvidence*> hot_loops(const FunctionEvidence& evidence, std::size_t most);

bool has_finding(const std::vector<Finding>& findings, std::string_view name);

} // namespace autopass
