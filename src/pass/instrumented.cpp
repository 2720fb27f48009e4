// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "instrumented.h"

#include <llvm/IR/InstIterator.h>
#include <llvm/IR/LLVMContext.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

bool is_instrumented(const Module& module, const CompileSettings& settings) {
  if (settings.profiles && (settings.profiles->Action == PGOOptions::IRInstr ||
                            settings.profiles->CSAction == PGOOptions::CSIRInstr)) {
    return true;
  }
  return module.getNamedMetadata("llvm.gcov") != nullptr ||
         std::any_of(module.begin(), module.end(), [](const Function& function) {
           return function.isIntrinsic() && function.getName().starts_with("llvm.instrprof.");
         });
}

bool is_instrumented(const Function& function) {
  constexpr StringRef names[] = {"fentry-call", "function-instrument", "instrument-function-entry",
                                 "instrument-function-entry-inlined", "xray-instruction-threshold"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](StringRef name) { return function.hasFnAttribute(name); });
}

bool is_sanitized(const Function& function) {
  for (const Attribute attribute : function.getAttributes().getFnAttrs()) {
    if (attribute.isEnumAttribute()) {
      const StringRef name = Attribute::getNameFromAttrKind(attribute.getKindAsEnum());
      if (name.starts_with("sanitize_") || name == "safestack" || name == "shadowcallstack") {
        return true;
      }
    }
  }
  return std::any_of(inst_begin(function), inst_end(function), [](const Instruction& instruction) {
    return instruction.hasMetadataOtherThanDebugLoc() &&
           instruction.getMetadata(LLVMContext::MD_nosanitize) != nullptr;
  });
}

} // namespace autopass
