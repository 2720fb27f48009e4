// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pass_witness.h"

#include "unit.h"

#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/Module.h>

namespace autopass {

using namespace llvm;

namespace {

// They pass other arguments now.
void look_at_callers(EvidenceLog& evidence, const Function& function, StringRef pass) {
  for (const User* user : function.users()) {
    if (const auto* call = dyn_cast<CallBase>(user)) {
      evidence.look(*call->getFunction(), pass);
    }
  }
}

} // namespace

void PassWitness::begin(EvidenceLog& evidence, StringRef pass, const Any& unit) {
  Running running;
  if (!is_manager(pass)) {
    const std::vector<const Function*> functions = functions_of(unit);
    running.module = module_of(unit);
    for (const Function* function : functions) {
      running.functions.push_back(function->getName().str());
    }
    if (functions.size() == 1) {
      evidence.will_run(*functions.front(), pass);
    }
  }
  m_stack.push_back(std::move(running));
}

void PassWitness::end(EvidenceLog& evidence, StringRef pass, bool changed) {
  const Running running = std::move(m_stack.back());
  m_stack.pop_back();
  if (running.module == nullptr) {
    return;
  }
  for (const std::string& name : running.functions) {
    const Function* function = running.module->getFunction(name);
    if (function == nullptr || function->isDeclaration()) {
      continue;
    }
    evidence.ran(*function, pass, changed);
    if (changed && pass == "ArgumentPromotionPass") {
      look_at_callers(evidence, *function, pass);
    }
  }
  if (changed && running.functions.empty()) {
    evidence.ran(*running.module, pass);
  }
}

} // namespace autopass
