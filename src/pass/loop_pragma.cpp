// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "loop_pragma.h"

#include <llvm/IR/Instructions.h>
#include <llvm/IR/Metadata.h>

#include <algorithm>
#include <iterator>

namespace autopass {

using namespace llvm;

namespace {

constexpr const char* pragmas[] = {"llvm.loop.vectorize.", "llvm.loop.interleave.",
                                   "llvm.loop.unroll", "llvm.loop.distribute."};

bool is_pragma(const MDOperand& operand) {
  const auto* property = dyn_cast_or_null<MDNode>(operand.get());
  const auto* name = property != nullptr && property->getNumOperands() > 0
                         ? dyn_cast_or_null<MDString>(property->getOperand(0).get())
                         : nullptr;
  return name != nullptr && std::any_of(std::begin(pragmas), std::end(pragmas), [&](auto* prefix) {
           return name->getString().starts_with(prefix);
         });
}

bool holds_pragma(const MDNode* loop_id) {
  return loop_id != nullptr && any_of(drop_begin(loop_id->operands()), is_pragma);
}

} // namespace

bool has_loop_pragma(const Loop& loop) {
  return holds_pragma(loop.getLoopID());
}

bool has_loop_pragma(const Function& function) {
  return any_of(function, [](const BasicBlock& block) {
    const Instruction* last = block.getTerminator();
    return last != nullptr && holds_pragma(last->getMetadata(LLVMContext::MD_loop));
  });
}

} // namespace autopass
