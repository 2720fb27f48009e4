// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a function has, as far as the levers ask.
#pragma once

#include "agents/roles.h"

#include <cstdint>
#include <string_view>

namespace autopass {

// A set of bits.
using Traits = std::uint32_t;
namespace trait {
inline constexpr Traits always = 1u << 0;
inline constexpr Traits loop = 1u << 1;       // any loop
inline constexpr Traits counted = 1u << 2;    // innermost loop with a known trip count
inline constexpr Traits runtime = 1u << 3;    // innermost loop without
inline constexpr Traits vectorised = 1u << 4; // by the loop vectoriser
inline constexpr Traits slp = 1u << 5;        // by the straight-line vectoriser
inline constexpr Traits not_vectorised = 1u << 6;
inline constexpr Traits selects = 1u << 7; // selects, or small ifs in a loop that become some
inline constexpr Traits branchy = 1u << 8;
inline constexpr Traits switches = 1u << 9;
inline constexpr Traits calls = 1u << 10;   // calls that stayed
inline constexpr Traits inlined = 1u << 11; // callees of its own kind were inlined
inline constexpr Traits floating = 1u << 12;
inline constexpr Traits unrolled = 1u << 13; // by the compiler's own choice, fully or partly
inline constexpr Traits loads = 1u << 14;    // loads in loops
inline constexpr Traits large = 1u << 15;    // more than 200 instructions after optimisation
inline constexpr Traits callee = 1u << 16;   // inlined into a hot function, no time of its own
inline constexpr Traits nested = 1u << 17;
inline constexpr Traits multiple = 1u << 18; // more than one innermost loop
inline constexpr Traits load_pre = 1u << 19;
inline constexpr Traits promoted = 1u << 20;
inline constexpr Traits idiom = 1u << 21;
inline constexpr Traits spills = 1u << 22;
inline constexpr Traits deep = 1u << 23; // three loops in one another, or more
} // namespace trait

Traits traits(const Subject& subject, const std::vector<Finding>& findings);
// The traits that one finding stands for.
Traits traits_of(std::string_view finding);

} // namespace autopass
