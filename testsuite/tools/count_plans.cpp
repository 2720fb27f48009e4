// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The plans that say what a program has counted (compiled with -mllvm -autopass-count=FILE, and run):
//
//   count-plans MOST FILE...
//
// prints those of the MOST hottest functions as make-snapshot reads them, the hottest first.
#include "agents/counts.h"
#include "util/file.h"

#include <cstdio>
#include <cstdlib>
#include <iterator>

using namespace autopass;

namespace {

Result<std::vector<BranchCounts>> read_all(char** files, int count) {
  std::vector<BranchCounts> all;
  for (int i = 0; i < count; ++i) {
    TRY(const std::string lines, read_file(files[i]));
    TRY(const std::string counters, read_file(std::string(files[i]) + ".counts"));
    TRY(auto counts, parse_counts(lines, counters));
    std::move(counts.begin(), counts.end(), std::back_inserter(all));
  }
  return combine_counts(std::move(all));
}

} // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::fprintf(stderr, "usage: count-plans MOST FILE...\n");
    return 2;
  }
  const auto counts = read_all(words + 2, count - 2);
  if (!counts) {
    std::fprintf(stderr, "count-plans: %s\n", counts.error().what.c_str());
    return 1;
  }
  for (const auto& [function, plan] : profile_plans(*counts, std::strtoull(words[1], nullptr, 10))) {
    std::printf("%s %s\n", function.hex().c_str(), print(plan).c_str());
  }
  return 0;
}
