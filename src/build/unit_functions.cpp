// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unit_functions.h"

#include <map>

namespace autopass {

Result<void> remember_functions(BuildRecord& record, const BuiltTarget& target,
                                const std::vector<std::set<Digest>>& by_unit) {
  std::map<std::string, std::set<Digest>> by_output; // one command may compile several units
  for (std::size_t i = 0; i < target.units.size() && i < by_unit.size(); ++i) {
    by_output[target.units[i].compile.output].insert(by_unit[i].begin(), by_unit[i].end());
  }
  for (const Unit& unit : target.units) {
    TRY_VOID(record.remember_functions(unit.compile, by_output[unit.compile.output]));
  }
  return {};
}

} // namespace autopass
