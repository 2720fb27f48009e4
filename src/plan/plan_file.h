// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Plans by hand: a readable file that says what to do with functions by name, for experiments, for
// bisecting and for tests.
//
//   {"functions": {"match_longest": {"params": {"unroll-count": 4}},
//                  "ns::f(int)": {"loops": [{"loop": 0, "unroll": 2}]}}}
//
// A name is the symbol's, or the demangled one (with its parameters, or without) of a function that is
// the only one of that name in its file.
#pragma once

#include "plan.h"

#include <map>

namespace autopass {

inline constexpr std::uint64_t largest_plan_file = 16 << 20;

struct PlanFile {
  // By the name that the file gives. A plan that is not valid hides no other.
  std::map<std::string, Result<Plan>> functions;
};

// Reason of errors: plan-file-invalid.
Result<PlanFile> parse_plan_file(std::string_view text);

} // namespace autopass
