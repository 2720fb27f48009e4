// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which of many things are to blame that something fails when all of them are there, and does not when
// none is: delta debugging (Zeller and Hildebrandt, IEEE Transactions on Software Engineering 28, 2002), in
// the form that costs a logarithm for each that is to blame.
//
//   Of a to h, c and f fail together.      asked   found {}:  abcd no, abcdef yes, abcde no     -> f
//                                          asked   found {f}: f no; fab no, fabc yes            -> c
//                                          asked   found {f, c}: cf yes: these are to blame
//
// The shortest beginning of the list that fails ends with one that is needed. It is kept, the list ends before
// it from now on, and the next is looked for, until those that were kept fail by themselves.
//
// Mostly one thing is new and the others were seen together without failing: those come first in the list, and whether
// the new ones fail without them is the first question.
//
// Invariant: what was kept and the rest of the list fail together. So what is returned has been seen failing,
// whatever the answers: when more never fails less than fewer it is also as small as it can be. Cost: for each to
// blame the logarithm of the list's length, and one; where some are known, one more.
#pragma once

#include "util/error.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace autopass {

// How it fails with these (ascending) alone; nothing: it does not.
using AskFewer = std::function<std::optional<Error>(const std::vector<std::size_t>& kept)>;

struct Smallest {
  std::vector<std::size_t> to_blame; // ascending
  Error failure;                     // of these alone
  bool complete = true;              // else `most` ended it: fewer may be enough
  std::size_t asked = 0;
};

// All of `count` (one at least) fail with `failure`; the first `known` of them are suspected last. Asks at most `most`
// times, and no more once `out_of_time`.
Smallest find_smallest(std::size_t count, std::size_t known, Error failure, const AskFewer& ask, std::size_t most,
                       const std::function<bool()>& out_of_time = [] { return false; });

} // namespace autopass
