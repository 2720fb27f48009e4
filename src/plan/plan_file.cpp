// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan_file.h"

#include "strict_json.h"

#include <nlohmann/json.hpp>

namespace autopass {

using nlohmann::json;

Result<PlanFile> parse_plan_file(std::string_view text) {
  const auto invalid = [](const char* what) {
    return fail(std::string("no file of plans: ") + what,
                R"(write {"functions":{"NAME":{"params":{"unroll-count":4}}}})", "plan-file-invalid");
  };
  json parsed;
  if (text.size() > largest_plan_file || !parse_strictly(text, deepest_plan + 2, parsed)) {
    return invalid("not JSON, a key is there twice, or it is nested too deep");
  }
  if (!parsed.is_object() || parsed.size() != 1 || !parsed.contains("functions") ||
      !parsed["functions"].is_object()) {
    return invalid("it must be an object with the one key \"functions\", an object of plans by name");
  }
  PlanFile file;
  for (const auto& [name, plan] : parsed["functions"].items()) {
    file.functions.emplace(name, parse_by_hand(plan.dump()));
  }
  return file;
}

} // namespace autopass
