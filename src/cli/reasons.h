// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string_view>

namespace autopass {

// What a counted reason means, of the wrapper or of the plugin; empty for other names.
std::string_view meaning_of(std::string_view reason);

} // namespace autopass
