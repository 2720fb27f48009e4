// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `autopass explain unroll-count`: one word of the vocabulary instead of a file.
#pragma once

#include "plan/vocabulary.h"

#include <vector>

namespace autopass {

// An option, attribute, hint or pass (by either of its names): of one kind or of several.
std::vector<const Entry*> entries_called(std::string_view name);
int explain_entries(const std::vector<const Entry*>& entries, bool json);

} // namespace autopass
