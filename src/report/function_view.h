// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What there is to know about one compile of a function, as lines that can be compared.
#pragma once

#include "agents/evidence.h"
#include "build/assembly.h"
#include "line_diff.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

struct FunctionView {
  FunctionEvidence evidence;
  FunctionCode code;
  std::vector<std::string> machine_model; // of the hot loop; empty: not asked for
};

struct ViewPart {
  std::string_view name;
  Lines (*lines)(const FunctionView& view);
};
// "numbers", "loops", "inlining", "remarks", "passes", "hot loop", "machine model", "assembly".
const std::vector<ViewPart>& view_parts();

// Part by part, those without a difference in one line; in two columns when `width` has room for
// them, else (0: no terminal) one below the other.
std::string difference_text(const FunctionView& before, const FunctionView& after,
                            std::size_t width);
// An array: each part with its lines before and after.
nlohmann::ordered_json difference_json(const FunctionView& before, const FunctionView& after);

} // namespace autopass
