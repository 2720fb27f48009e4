// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan_file.h"

#include "util/file.h"

#include <nlohmann/json.hpp>

namespace autopass {

Result<std::map<std::string, Plan>> read_plan_file(const std::string& path) {
  constexpr std::uint64_t most_bytes = 64ull << 20;
  const std::string next = R"(write {"functions":{"NAME":{"v":)" +
                           std::to_string(vocabulary_version) + R"(,"params":{...}}}})";
  TRY(const std::string text, read_file(path, most_bytes));
  const auto json = nlohmann::json::parse(text, nullptr, false);
  const bool object = json.is_object() && json.contains("functions");
  if (!object || !json["functions"].is_object() || json["functions"].empty()) {
    return fail(path + " holds no plans of functions", next, "bad-plan-file");
  }
  std::map<std::string, Plan> plans;
  for (const auto& [name, value] : json["functions"].items()) {
    auto plan = parse(value.dump());
    if (!plan) {
      return fail(path + ", function " + name + ": " + plan.error().what, next, "bad-plan-file");
    }
    plans.emplace(name, std::move(*plan));
  }
  return plans;
}

} // namespace autopass
