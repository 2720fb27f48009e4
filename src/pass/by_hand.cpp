// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function is found by its symbol; else by its demangled name, "ns::f(int)" or "ns::f", when no other
// function here has that: of two overloads neither is taken for the other.
#include "by_hand.h"

#include "util/file.h"

#include <llvm/Demangle/Demangle.h>

namespace autopass {

using namespace llvm;

namespace {

// "ns::f(int) const" without its parameters; "(anonymous namespace)" is none.
std::string without_parameters(const std::string& name) {
  const auto close = name.rfind(')');
  int depth = 0;
  for (auto at = close; at != std::string::npos && at < name.size(); --at) {
    depth += name[at] == ')' ? 1 : name[at] == '(' ? -1 : 0;
    if (depth == 0) {
      return at == 0 || name.compare(at, 11, "(anonymous ") == 0 ? name : name.substr(0, at);
    }
  }
  return name;
}

Result<PlanFile> read_plan_file(const std::string& path, const Digest& digest) {
  const auto content = read_file(path, largest_plan_file);
  if (!content || hash_text(*content) != digest) {
    return fail("not the file of plans that the command line speaks of", {}, "plan-file-changed");
  }
  return parse_plan_file(*content);
}

} // namespace

Result<std::vector<Plan>> plans_by_hand(const std::string& path, const Digest& digest) {
  TRY(const PlanFile file, read_plan_file(path, digest));
  std::vector<Plan> plans;
  for (const auto& [name, plan] : file.functions) {
    if (plan) {
      plans.push_back(*plan);
    }
  }
  return plans;
}

Result<std::map<Function*, Result<Plan>>> plans_by_hand(const std::string& path,
                                                        const Digest& digest,
                                                        const std::vector<Function*>& functions) {
  TRY(const PlanFile file, read_plan_file(path, digest));
  std::map<std::string, std::vector<Function*>> called; // by all names but the symbol's
  std::map<Function*, Result<Plan>> found;
  for (Function* function : functions) {
    const std::string symbol = function->getName().str();
    if (const auto named = file.functions.find(symbol); named != file.functions.end()) {
      found.emplace(function, named->second);
      continue;
    }
    const std::string name = demangle(symbol);
    const std::string short_name = without_parameters(name);
    called[name].push_back(function);
    if (short_name != name) {
      called[short_name].push_back(function);
    }
  }
  for (const auto& [name, plan] : file.functions) {
    const auto place = called.find(name);
    if (place != called.end() && place->second.size() == 1) {
      found.emplace(place->second.front(), plan);
    }
  }
  return found;
}

} // namespace autopass
