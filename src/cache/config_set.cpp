// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "config_file.h"
#include "toml_file.h"
#include "util/file.h"
#include "util/paths.h"

namespace autopass {

Result<void> Config::set(std::string_view key, std::string_view value) {
  const ConfigKey* known = find_config_key(key);
  if (known == nullptr) {
    return fail("there is no configuration key \"" + std::string(key) + "\"",
                "see: autopass config", "bad-config");
  }
  TRY_VOID(check_config_value(*known, value, "autopass config"));
  const std::string file = user_config_file();
  if (file.empty()) {
    return fail("there is no folder for the configuration", "set HOME or XDG_CONFIG_HOME");
  }
  if (!may_create(file)) {
    return fail("nothing is written in another user's folder as root, nor where HOME is missing: " + file,
                "do it as that user, or set HOME (sudo -H) or XDG_CONFIG_HOME", "foreign-folder");
  }
  TRY(auto values, read_config_file(file));
  values[std::string(key)] = value;
  TRY_VOID(make_folders(parent(file)));
  return replace_file(file, print_toml(values));
}

} // namespace autopass
