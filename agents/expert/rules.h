// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the expert knows, as a table: levers, where they can act, and what they are worth before
// anything is measured.
#pragma once

#include "agents/roles.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace autopass {

// What a function has, as far as rules ask: a set of bits.
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
} // namespace trait

Traits traits(const Subject& subject, const std::vector<Finding>& findings);
// The traits that one finding stands for.
Traits traits_of(std::string_view finding);

// Levers of one family push the same thing, in one direction or the other: what one of them shows
// says something about the others, and two opposite ones are not combined.
enum class Family {
  Tune,
  Choice,
  Unroll,
  FullUnroll,
  Width,
  Interleave,
  Slp,
  Layout,
  Schedule,
  Inline,
  Loads,
  Branches,
  Switches,
  Addresses,
  LoopShape,
  Registers,
  Cleanup
};

struct Lever {
  Kind kind;
  std::string_view entry;
  std::string_view value; // "{cpu}": the machine that the binary is for
  double prior;           // percent that a fitting function is expected to gain, before measuring
  Family family;
  int direction;        // +1 or -1 within the family, 0: its own thing
  Traits needs;         // one of these bits must be there
  Traits likes;         // each of these bits that is there adds half the prior
  std::string_view why; // "... because ..." for people
};

// In the order of the prior.
std::span<const Lever> levers();
// The family and direction of a setting that the table knows; null for others.
const Lever* find_lever(Kind kind, std::string_view entry, std::string_view value);
// Other values of a number worth trying once one has won, from small to large.
std::span<const std::string_view> ladder(Kind kind, std::string_view entry);

} // namespace autopass
