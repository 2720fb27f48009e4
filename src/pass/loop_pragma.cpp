// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "loop_pragma.h"

#include <llvm/IR/Instructions.h>
#include <llvm/IR/Metadata.h>

namespace autopass {

using namespace llvm;

namespace {

constexpr const char* pragmas[] = {"llvm.loop.vectorize.", "llvm.loop.interleave.",
                                   "llvm.loop.unroll", "llvm.loop.distribute."};

StringRef name_of(const MDOperand& operand) {
  const auto* property = dyn_cast_or_null<MDNode>(operand.get());
  const auto* name = property != nullptr && property->getNumOperands() > 0
                         ? dyn_cast_or_null<MDString>(property->getOperand(0).get())
                         : nullptr;
  return name != nullptr ? name->getString() : StringRef();
}

bool holds_pragma(const MDNode* loop_id, Pragmas which) {
  return loop_id != nullptr && any_of(drop_begin(loop_id->operands()), [&](const auto& operand) {
           const StringRef name = name_of(operand);
           return (which == Pragmas::All || !name.ends_with(".disable")) &&
                  any_of(pragmas, [&](auto* prefix) { return name.starts_with(prefix); });
         });
}

} // namespace

bool has_loop_pragma(const Loop& loop) {
  return holds_pragma(loop.getLoopID(), Pragmas::All);
}

bool has_loop_pragma(const Function& function, Pragmas which) {
  return any_of(function, [&](const BasicBlock& block) {
    const Instruction* last = block.getTerminator();
    return last != nullptr && holds_pragma(last->getMetadata(LLVMContext::MD_loop), which);
  });
}

} // namespace autopass
