// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "exclusion.h"

#include "instrumented.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Module.h>

namespace autopass {

using namespace llvm;

FunctionSet switched_off(const Module& module) {
  FunctionSet functions;
  const GlobalVariable* all = module.getGlobalVariable("llvm.global.annotations");
  const auto* list = all != nullptr && all->hasInitializer()
                         ? dyn_cast<ConstantArray>(all->getInitializer())
                         : nullptr;
  if (list == nullptr) {
    return functions;
  }
  for (const Use& entry : list->operands()) {
    const auto* annotation = dyn_cast<ConstantStruct>(entry.get());
    if (annotation == nullptr || annotation->getNumOperands() < 2) {
      continue;
    }
    const auto* function = dyn_cast<Function>(annotation->getOperand(0)->stripPointerCasts());
    const auto* text = dyn_cast<GlobalVariable>(annotation->getOperand(1)->stripPointerCasts());
    const auto* bytes = text != nullptr && text->hasInitializer()
                            ? dyn_cast<ConstantDataSequential>(text->getInitializer())
                            : nullptr;
    if (function != nullptr && bytes != nullptr && bytes->isCString() &&
        bytes->getAsCString() == "autopass:off") {
      functions.insert(function);
    }
  }
  return functions;
}

std::optional<FunctionCount> excluded(const Function& function,
                                      const FunctionSet& off) {
  if (off.count(&function) != 0) {
    return FunctionCount::SwitchedOff;
  }
  if (function.hasOptNone()) {
    return FunctionCount::Optnone;
  }
  if (function.hasFnAttribute(Attribute::Naked)) {
    return FunctionCount::Naked;
  }
  if (function.isPresplitCoroutine()) {
    return FunctionCount::Coroutine;
  }
  if (is_instrumented(function)) {
    return FunctionCount::Instrumented;
  }
  return is_sanitized(function) ? std::optional(FunctionCount::Sanitized) : std::nullopt;
}

bool may_be_diagnosed(const Function& function) {
  return function.hasFnAttribute("warn-stack-size") || any_of(instructions(function), [](const Instruction& instruction) {
    const auto* call = dyn_cast<CallBase>(&instruction);
    if (call == nullptr) {
      return false;
    }
    if (const auto* assembly = dyn_cast<InlineAsm>(call->getCalledOperand())) {
      return StringRef(assembly->getAsmString()).contains(':') || StringRef(assembly->getAsmString()).contains('.');
    }
    const Function* callee = call->getCalledFunction();
    return callee != nullptr && (callee->hasFnAttribute("dontcall-error") || callee->hasFnAttribute("dontcall-warn"));
  });
}

} // namespace autopass
