// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A third of a second of work, PERCENT of it; prints the same for each PERCENT.
#include <cstdint>
#include <cstdio>

#ifndef PERCENT
#error "how much work, in percent?"
#endif

int main() {
  static std::uint32_t table[1 << 14];
  volatile std::uint64_t turns = 2'400'000ull * PERCENT;
  std::uint64_t state = 1;
  for (std::uint64_t turn = 0; turn < turns; ++turn) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    table[state >> 50] += static_cast<std::uint32_t>(state);
  }
  std::uint32_t used = 0;
  for (const std::uint32_t entry : table) {
    used += entry != 0 ? 1 : 0;
  }
  std::printf("%u entries\n", used);
}
