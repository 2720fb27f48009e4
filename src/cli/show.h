// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The three things that `autopass show` shows: plans, a function, what is in a binary.
#pragma once

#include "function_place.h"
#include "verbs.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace autopass {

nlohmann::ordered_json describe(const PublishedPlan& published);
// The lines below a plan that tell how it was confirmed.
std::string evidence_text(const std::string& evidence);

Result<int> show_function(const ShowArguments& arguments,
                          const std::vector<PublishedPlan>& published);
Result<int> show_binary(const ShowArguments& arguments);

} // namespace autopass
