// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "toml_file.h"

#include "toml_library.h"

#include <sstream>

namespace autopass {

std::string print_toml(const std::map<std::string, std::string>& values) {
  toml::table table;
  for (const auto& [name, value] : values) {
    table.insert_or_assign(name, value);
  }
  std::ostringstream out;
  out << table << '\n';
  return out.str();
}

} // namespace autopass
