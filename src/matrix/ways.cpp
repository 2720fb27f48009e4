// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ways.h"

#include "processors.h"

#include <algorithm>

namespace autopass {
namespace {

bool chooses_processor(const BuiltTarget& target) {
  const auto chooses = [](const std::string& word) {
    return word.starts_with("-march=") || word.starts_with("-mcpu=") || word.starts_with("--target");
  };
  return std::any_of(target.units.begin(), target.units.end(), [&](const Unit& unit) {
    return std::any_of(unit.compile.argv.begin(), unit.compile.argv.end(), chooses);
  });
}

} // namespace

std::vector<Way> all_ways(const BuiltTarget& target, const Candidate& plans, const Prefix& prefix,
                          std::vector<std::string>& notes) {
  std::vector<Way> ways = {{as_built, {}, ""},       {"-O0", {{"-O0"}}, ""},    {"-O1", {{"-O1"}}, "-O0"},
                           {"-O2", {{"-O2"}}, "-O1"}, {"-O3", {{"-O3"}}, "-O2"}, {"-Os", {{"-Os"}}, ""},
                           {"-Oz", {{"-Oz"}}, ""}};
  if (plans.plans.empty()) {
    notes.emplace_back("no plan acts in this program");
  } else {
    for (const char* level : {"-O1", "-O2", "-O3"}) {
      ways.push_back({std::string(level) + " with plans", {{level}, plans}, level});
    }
  }
  if (chooses_processor(target)) {
    notes.emplace_back("the build chooses a processor itself: no other was tried");
    return ways;
  }
  if (!prefix.empty()) {
    notes.emplace_back("what the prefix runs may be another processor: none but the build's was tried");
    return ways;
  }
  for (const auto& name : processor_levels()) {
    ways.push_back({"-march=" + name, {{"-march=" + name}}, as_built});
  }
  for (const auto& machine : emulated_processors()) {
    ways.push_back({machine.name, {machine.compile, {}, machine.link}, "", machine.prefix});
  }
  return ways;
}

} // namespace autopass
