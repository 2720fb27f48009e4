// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An entry of the vocabulary, as `vocabulary` and `explain` print it.
#pragma once

#include "plan/vocabulary.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace autopass {

nlohmann::ordered_json json_of(const Entry& entry);
std::string text_of(const Entry& entry); // indented, with its options when it is a pass

} // namespace autopass
