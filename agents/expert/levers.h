// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the expert knows, as a table: levers, where they can act, and what they are worth before
// anything is measured.
#pragma once

#include "traits.h"

#include <span>
#include <string_view>

namespace autopass {

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
  Traits never = 0;     // none of these bits may be there
};

// In the order of the prior.
std::span<const Lever> levers();
// The family and direction of a setting that the table knows; null for others.
const Lever* find_lever(Kind kind, std::string_view entry, std::string_view value);
// Other values of a number worth trying once one has won, from small to large.
std::span<const std::string_view> ladder(Kind kind, std::string_view entry);

} // namespace autopass
