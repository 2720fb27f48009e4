// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the preloaded sampler writes and profile() reads: a file of this one struct, mapped by both
// the sampled program and the children that it forks.
#pragma once

#include <cstddef>
#include <cstdint>

namespace autopass {

struct SampleFile {
  static constexpr std::uint64_t right_magic = 0x535341504f545541; // "AUTOPASS"
  static constexpr std::size_t capacity = 1 << 17;                 // nine minutes at 250 a second
  static constexpr std::uint64_t elsewhere = ~0ull;                // not in the main program

  std::uint64_t magic;
  std::uint64_t taken; // samples; those beyond the capacity are not kept
  // As in the file, before the loader moved it: comparable with the symbol table.
  std::uint64_t addresses[capacity];
};

} // namespace autopass
