// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the time goes: a preloaded SIGPROF timer (lib/autopass/libautopass-sampler.so) notes the
// program counter; addresses are resolved to the functions of the binary's symbol table. Needs no
// perf and no privileges; does not work on static binaries (reason "static-binary").
#pragma once

#include "runner.h"

#include <cstdint>
#include <string>
#include <vector>

namespace autopass {

// A function of the binary: the caller reads them from its symbol table (functions() in
// build/elf.h). Addresses as in the file, before the loader moves it.
struct SymbolRange {
  std::string name;
  std::uint64_t address = 0;
  std::uint64_t size = 0;
};

// Two local functions of one name are two entries; the address tells them apart.
struct HotFunction {
  std::string symbol;
  std::uint64_t address = 0;
  double share = 0; // of all samples, those outside the binary included
};

struct Profile {
  std::vector<HotFunction> functions; // the hottest first
  std::size_t samples = 0;
  double elsewhere = 0; // share in libc, the kernel's vdso, other libraries
};

// Repeats the workload until at least `least_samples` are there (at most `most_runs` runs).
// Reasons of errors: static-binary, sampler-missing, workload-failed, no-samples.
Result<Profile> profile(const Runner& runner, const Workload& workload, const std::string& binary,
                        const std::vector<SymbolRange>& symbols, const std::string& scratch,
                        std::size_t least_samples = 400, int most_runs = 5);

} // namespace autopass
