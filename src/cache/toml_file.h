// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A TOML file as plain maps, so that the parser's headers (seconds of compile time) are included in
// one file only.
#pragma once

#include "util/error.h"

#include <map>
#include <string>
#include <vector>

namespace autopass {

struct TomlTable {
  std::map<std::string, std::string> values; // strings, numbers and booleans, as text
  std::map<std::string, std::vector<std::string>> lists; // lists of strings
  std::map<std::string, std::vector<TomlTable>> tables;  // [[name]], and [name] as a list of one
};

// Anything else in the file (dates, nested lists) is an Error that names file and line.
Result<TomlTable> read_toml(const std::string& path);

// The text of a file that holds these values and nothing else.
std::string print_toml(const std::map<std::string, std::string>& values);

} // namespace autopass
