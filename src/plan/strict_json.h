// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// JSON that no two readers can read differently.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace autopass {

// False for what is no JSON, has a key twice in one object (the library would keep the last), or is
// nested deeper than that. `parsed` must live.
bool parse_strictly(std::string_view text, int deepest, nlohmann::json& parsed);

} // namespace autopass
