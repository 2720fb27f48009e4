// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <string>

namespace autopass {

std::string utc_now();     // "2026-11-21T11:38:47Z"
std::int64_t now_ns();     // CLOCK_REALTIME

} // namespace autopass
