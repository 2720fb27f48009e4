// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How much of a session's time the search must leave, because a gain that is not confirmed in time
// is no gain.
#pragma once

#include "harness.h"

#include <cstddef>

namespace autopass {

struct AfterSearch {
  std::size_t finalists = 3;       // that the search may name
  std::size_t late_self_tests = 0; // functions that the gate has not been tested on yet
  bool has_published = false;      // there is an earlier session's plan to beat
};

// Wall seconds.
struct KeptTime {
  double by_search = 0;       // for all that may follow, second looks included
  double by_second_looks = 0; // for the shortest way from a finalist to a published plan
};

// `left`: seconds of the session from now on. A long session keeps time to confirm each finalist, a
// short one to confirm one and what minimising leaves of it.
KeptTime kept_time(const Harness& harness, const AfterSearch& after, double left);

} // namespace autopass
