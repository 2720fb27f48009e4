// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Takes plans apart into elements, for finding those of them that matter:
//
//   thin-plans < LINES                one line for each element: its function's fingerprint, and what
//                                     it says
//   thin-plans keep N... < LINES      the plans with only these elements, numbered from 0 as printed
//
// LINES are "FINGERPRINT PLAN", as make-snapshot reads them.
#include "plan/plan.h"

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>

using namespace autopass;

namespace {

// The elements of `plan` that are wanted; `first` is the number of its first one.
Plan thinned(Plan plan, std::size_t first, const std::set<std::size_t>& wanted) {
  for (std::size_t i = elements(plan).size(); i > 0; --i) {
    if (wanted.count(first + i - 1) == 0) {
      plan = without(plan, i - 1);
    }
  }
  return plan;
}

} // namespace

int main(int count, char** arguments) {
  const bool keep = count > 1 && std::string_view(arguments[1]) == "keep";
  if (count > 1 && !keep) {
    std::fprintf(stderr, "usage: thin-plans [keep N...] < LINES\n");
    return 2;
  }
  std::set<std::size_t> wanted;
  for (int i = 2; i < count; ++i) {
    wanted.insert(std::strtoull(arguments[i], nullptr, 10));
  }
  std::size_t first = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t blank = line.find(' ');
    const auto plan = parse(line.substr(blank + 1));
    if (blank == std::string::npos || !plan) {
      std::fprintf(stderr, "thin-plans: no plan: %s\n", line.substr(0, 80).c_str());
      return 1;
    }
    const std::string fingerprint = line.substr(0, blank);
    const std::vector<std::string> descriptions = elements(*plan);
    if (const Plan thin = thinned(*plan, first, wanted); keep && !thin.empty()) {
      std::printf("%s %s\n", fingerprint.c_str(), print(thin).c_str());
    }
    for (std::size_t i = 0; !keep && i < descriptions.size(); ++i) {
      std::printf("%s %s\n", fingerprint.c_str(), descriptions[i].c_str());
    }
    first += descriptions.size();
  }
  return 0;
}
