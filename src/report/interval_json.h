// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An interval in every JSON record of ours: "ratio", "low", "high" (null where it has no end), "pairs".
#pragma once

#include "measure/statistics.h"

#include <nlohmann/json_fwd.hpp>

namespace autopass {

nlohmann::ordered_json json_of(const Interval& interval);

} // namespace autopass
