// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the time goes: a preloaded SIGPROF timer (lib/autopass/libautopass-sampler.so) notes the
// program counter; addresses are resolved to the functions of the binary's symbol table. Needs no
// perf and no privileges; does not work on static binaries (reason "static-binary").
#pragma once

#include "runner.h"

#include <string>
#include <vector>

namespace autopass {

struct HotFunction {
  std::string symbol;
  double share = 0; // of all samples, those outside the binary included
};

struct Profile {
  std::vector<HotFunction> functions; // the hottest first
  std::size_t samples = 0;
  double elsewhere = 0; // share in libc, the kernel's vdso, other libraries
};

// Repeats the workload until at least `least_samples` are there (at most `most_runs` runs).
Result<Profile> profile(const Runner& runner, const Workload& workload, const std::string& binary,
                        const std::string& scratch, std::size_t least_samples = 400,
                        int most_runs = 5);

} // namespace autopass
