// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/config.h"

#include "output.h"
#include "report/layout.h"
#include "request.h"
#include "util/text.h"
#include "wrapper/compiler.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

void print_all(const Config& config, bool json) {
  nlohmann::ordered_json values = nlohmann::ordered_json::object();
  for (const auto& key : config_keys()) {
    const std::string name(key.name);
    if (json) {
      values[name] = {{"value", config.get(key.name)}, {"origin", config.origin(key.name)}};
      continue;
    }
    print(name + " = " + config.get(key.name) + "  (" + config.origin(key.name) + ")\n");
    print(wrapped("    ", key.what));
  }
  if (json) {
    print_json({{"config", values}});
  }
}

// What would keep every plan from acting, said while somebody looks.
Result<void> check_meaning(const std::string& key, const std::string& value) {
  if (key != "clang" || value.empty()) {
    return {};
  }
  const std::string path = find_program(value);
  if (path.empty() || !is_program(path)) {
    return fail("clang: there is no program " + value, "autopass config clang=clang-22");
  }
  if (!is_clang(path) || is_wrapper(path)) {
    return fail("clang: " + value + (is_wrapper(path) ? " is autopass-clang itself" : " is no clang"), "autopass config clang=clang-22");
  }
  return {};
}

Result<void> assign(const std::string& key, const std::string& value) {
  TRY_VOID(check_meaning(key, value));
  return Config::set(key, value);
}

} // namespace

Result<int> execute(const ConfigArguments& arguments) {
  if (const auto equals = arguments.assignment.find('='); equals != std::string::npos) {
    const auto set = assign(arguments.assignment.substr(0, equals),
                            arguments.assignment.substr(equals + 1));
    if (!set) {
      return fail(set.error().what, set.error().next, usage_reason);
    }
    return exit_done;
  }
  TRY(const Project project, find_project(working_folder()));
  TRY(const Config config, Config::load(project));
  if (arguments.assignment.empty()) {
    print_all(config, arguments.json);
    return exit_done;
  }
  const auto keys = config_keys();
  const bool known = std::any_of(keys.begin(), keys.end(), [&](const ConfigKey& key) {
    return key.name == arguments.assignment;
  });
  if (!known) {
    return fail("there is no configuration key \"" + arguments.assignment + "\"", "autopass config",
                usage_reason);
  }
  const std::string value = config.get(arguments.assignment);
  if (arguments.json) {
    print_json({{"config",
                 {{arguments.assignment,
                   {{"value", value}, {"origin", config.origin(arguments.assignment)}}}}}});
  } else {
    print(value + "\n");
  }
  return exit_done;
}

} // namespace autopass
