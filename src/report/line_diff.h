// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two lists of lines and what they share, as text for people: side by side where there is room, else
// one below the other.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace autopass {

using Lines = std::vector<std::string>;

// What became of a stretch of lines. Stretches alternate between equal and different ones; of a
// different one either side can be empty, of an equal one both have the same length.
struct Stretch {
  bool equal = false;
  std::size_t before = 0, before_end = 0; // [before, before_end) of the old lines
  std::size_t after = 0, after_end = 0;
};
std::vector<Stretch> line_diff(const Lines& before, const Lines& after);

// Of stretches that are equal, lines further than this from a change are left out.
inline constexpr std::size_t context_lines = 3;
// Two columns in `width`; '|' between lines that differ, '<' and '>' where one is missing.
std::string side_by_side(const Lines& before, const Lines& after, std::size_t width);
// '-' and '+' in front of what differs.
std::string one_below_other(const Lines& before, const Lines& after);

} // namespace autopass
