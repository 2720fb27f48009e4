// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What was measured, run by run, as JSON and as a table.
#pragma once

#include "measure/statistics.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace autopass {

// The seconds of the untuned program in "a", of the tuned in "b", and who began in "a_first", pair by pair.
nlohmann::ordered_json json_of(const Samples& samples);
// The same with "comparison", "workload" and "layout": an object for each.
nlohmann::ordered_json json_of(const std::vector<LayoutSamples>& samples);
// Of such an object; the pairs up to the first that is none.
Samples to_samples(const nlohmann::ordered_json& object);
std::vector<LayoutSamples> to_layout_samples(const nlohmann::ordered_json& array);

// A line for each pair, with a head.
std::string to_csv(const std::vector<LayoutSamples>& samples);
std::string to_csv(const Samples& samples);

} // namespace autopass
