// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// By what the two databases are known.
#pragma once

#include <cstdint>

namespace autopass {

inline constexpr int plans_schema_version = 3;
inline constexpr int builds_schema_version = 2;
inline constexpr std::int64_t plans_application = 0x41507031;  // "APp1"
inline constexpr std::int64_t builds_application = 0x41506231; // "APb1"

} // namespace autopass
