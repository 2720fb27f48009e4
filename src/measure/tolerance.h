// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How far numbers of an output that are no integers may be from the untuned program's, relative to the larger
// of the two: one figure for all, and others for the fields that need another.
//
//   1e-9,energy=1e-6,3=1e-3     numbers behind the word "energy", as far as the next word on their line: 1e-6;
//                               in the third column: 1e-3; elsewhere: 1e-9
#pragma once

#include "util/error.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

class Tolerance {
public:
  Tolerance() = default; // none: every byte counts
  // Figures are from 0 to 1, columns from 1 on. Reason of errors: bad-tolerance.
  static Result<Tolerance> parse(std::string_view text);

  bool none() const { return m_all == 0 && m_fields.empty(); }
  const std::string& text() const { return m_text; } // as it was given; empty: none was
  // For a number in a column, counted from 1, behind `word`, which may be empty: what is said of the word,
  // else of the column, else of all.
  double of(std::string_view word, std::size_t column) const;

private:
  struct Field {
    std::string word; // empty: the column counts
    std::size_t column = 0;
    double value = 0;
  };

  double m_all = 0;
  std::vector<Field> m_fields;
  std::string m_text;
};

} // namespace autopass
