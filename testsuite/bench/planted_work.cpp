// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A third of a second of work, PERCENT of it; prints the same for each PERCENT. A number N as argument: the
// N-th part of that. TABLE_BITS: the size of what it works on, 64 KiB unless told; the larger, the more caches
// and neighbours count.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#ifndef PERCENT
#error "how much work, in percent?"
#endif

#ifndef TABLE_BITS
#define TABLE_BITS 14
#endif

int main(int count, char** words) {
  static std::uint32_t table[1 << TABLE_BITS];
  const int share = count > 1 ? std::atoi(words[1]) : 1;
  volatile std::uint64_t turns = 2'400'000ull * PERCENT / static_cast<std::uint64_t>(share);
  std::uint64_t state = 1;
  for (std::uint64_t turn = 0; turn < turns; ++turn) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    table[state >> (64 - TABLE_BITS)] += static_cast<std::uint32_t>(state);
  }
  std::uint32_t used = 0;
  for (const std::uint32_t entry : table) {
    used += entry != 0 ? 1 : 0;
  }
  std::printf("%u entries\n", used);
}
