// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What reading and writing the configuration share.
#pragma once

#include "config.h"

#include <map>
#include <string>

namespace autopass {

const ConfigKey* find_config_key(std::string_view name); // nullptr: there is none
std::string user_config_file();                          // empty: there is no place for it
// A file that is not there holds nothing. An Error names the key that is wrong.
Result<std::map<std::string, std::string>> read_config_file(const std::string& path);

} // namespace autopass
