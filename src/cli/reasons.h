// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string_view>

namespace autopass {

// The sentence that the wrapper's table gives for a counted reason; empty for other names.
std::string_view meaning_of(std::string_view reason);

} // namespace autopass
