// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "plan/plan.h"

#include <map>
#include <string>

namespace autopass {

// {"functions":{NAME:{plan}}}: plans that somebody wrote by hand, by the name of their function.
Result<std::map<std::string, Plan>> read_plan_file(const std::string& path);

} // namespace autopass
