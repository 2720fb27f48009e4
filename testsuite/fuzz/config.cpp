// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Configuration: the input is a config.toml, and then a project's .autopass.toml.
#include "fuzz.h"
#include "cache/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace autopass;
  const std::string folder = enter_scratch_folder();
  static const bool chosen = ::setenv("XDG_CONFIG_HOME", folder.c_str(), 1) == 0 &&
                             static_cast<bool>(make_folders(folder + "/autopass"));
  check(chosen);
  must(write_file("autopass/config.toml", text(data, size)));
  if (const auto config = Config::load({})) {
    for (const auto& key : config_keys()) {
      must(check_config_value(key, config->get(key.name), "loaded"));
    }
  }
  must(write_file(".autopass.toml", text(data, size)));
  if (const auto project = find_project(folder)) {
    check(project->folder == folder);
    for (const char* function : {"main", "_ZN1a1bIiEEvv", "_ZNK3foo3barEPFviE"}) {
      project->forbids(function);
    }
    for (const auto& target : project->targets) {
      check(!target.path.empty());
    }
  }
  return 0;
}
