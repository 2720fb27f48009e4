// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A second file with a local function of the same name as one in sampled.cpp.
#include <ctime>

extern volatile unsigned sink;

static void twin(long milliseconds) {
  for (const std::clock_t end = std::clock() + milliseconds * CLOCKS_PER_SEC / 1000;
       std::clock() < end;) {
    for (unsigned i = 0; i < 200'000; ++i) {
      sink = sink * 5 + i;
    }
  }
}

void other_file(long milliseconds) {
  twin(milliseconds);
}
