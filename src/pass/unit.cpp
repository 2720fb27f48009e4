// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unit.h"

#include "llvm_compat.h"

#include <llvm/Analysis/LazyCallGraph.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/PassInstrumentation.h>

namespace autopass {

using namespace llvm;

const Function* function_of(const Any& unit) {
  if (const auto* function = any_cast<const Function*>(&unit)) {
    return *function;
  }
  if (const auto* loop = any_cast<const Loop*>(&unit)) {
    return (*loop)->getHeader()->getParent();
  }
  if (const auto* component = any_cast<const LazyCallGraph::SCC*>(&unit)) {
    return (*component)->size() == 1 ? &(*component)->begin()->getFunction() : nullptr;
  }
  return nullptr;
}

bool is_component(const Any& unit) {
  return any_cast<const LazyCallGraph::SCC*>(&unit) != nullptr;
}

std::vector<const Function*> functions_of(const Any& unit) {
  std::vector<const Function*> functions;
  if (const auto* component = any_cast<const LazyCallGraph::SCC*>(&unit)) {
    for (const LazyCallGraph::Node& node : **component) {
      functions.push_back(&node.getFunction());
    }
  } else if (const Function* function = function_of(unit)) {
    functions.push_back(function);
  }
  return functions;
}

const Module* module_of(const Any& unit) {
  if (const auto* module = any_cast<const Module*>(&unit)) {
    return *module;
  }
  const std::vector<const Function*> functions = functions_of(unit);
  return functions.empty() ? nullptr : functions.front()->getParent();
}

bool is_manager(StringRef pass) {
  return pass.contains("PassManager") || pass.contains("PassAdaptor") ||
         pass.starts_with("DevirtSCCRepeatedPass") || pass.starts_with("RequireAnalysisPass") ||
         pass.starts_with("InvalidateAnalysisPass");
}

} // namespace autopass
