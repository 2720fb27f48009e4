// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// When a compile with plans fails: which plan it was, and how little of it is enough.
#pragma once

#include "cache/plan_store.h"

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace autopass {

// A reason of a compile that failed under its plans and not for want of something else.
bool is_plan_failure(std::string_view reason);

struct Blamed {
  StoredPlan plan; // a single element, or a whole plan when none of its elements fails alone
  Error error;
};

// How a compile with these plans fails; nothing: it does not.
using Fails = std::function<std::optional<Error>(const std::vector<StoredPlan>& plans)>;

// `plans` fail with `error`. One compile for each plan, and for those that fail one for each element;
// none where there is but one element in all. Empty: plans that fail only together.
std::vector<Blamed> blame(const std::vector<StoredPlan>& plans, const Error& error,
                          const Fails& fails);

} // namespace autopass
