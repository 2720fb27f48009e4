// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Faults that a wrong transformation could have made, to see whether the workload's output would
// show them. Made on the front end's IR: variables are still in memory, so stores to them are no
// stores that a mutation should look at, and `i + 1` is left for other constants when there are any,
// since a loop that never ends teaches only that the time limit works.
#include "mutate.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>

#include <vector>

namespace autopass {

using namespace llvm;

namespace {

// The instructions of the function, those in loops first.
std::vector<Instruction*> loops_first(Function& function) {
  const DominatorTree dominators(function);
  const LoopInfo info(dominators);
  std::vector<Instruction*> inside, outside;
  for (Instruction& instruction : instructions(function)) {
    (info.getLoopFor(instruction.getParent()) != nullptr ? inside : outside)
        .push_back(&instruction);
  }
  inside.insert(inside.end(), outside.begin(), outside.end());
  return inside;
}

bool return_early(Function& function) {
  Type* type = function.getReturnType();
  if (function.doesNotReturn()) {
    return false;
  }
  LLVMContext& context = function.getContext();
  BasicBlock* entry = BasicBlock::Create(context, "", &function, &function.getEntryBlock());
  ReturnInst::Create(context, type->isVoidTy() ? nullptr : Constant::getNullValue(type), entry);
  return true;
}

// Nothing that calls it can go on: tells whether a workload runs the function at all.
bool trap(Function& function) {
  BasicBlock* entry =
      BasicBlock::Create(function.getContext(), "", &function, &function.getEntryBlock());
  IRBuilder<> builder(entry);
  builder.CreateIntrinsic(builder.getVoidTy(), Intrinsic::trap, {});
  builder.CreateUnreachable();
  return true;
}

// The constant one further; null when that is not the kind of value we change, or too large to be another then.
Constant* next_value(const llvm::Value& value) {
  if (const auto* integer = dyn_cast<ConstantInt>(&value)) {
    return ConstantInt::get(integer->getContext(), integer->getValue() + 1);
  }
  if (const auto* number = dyn_cast<ConstantFP>(&value)) {
    APFloat next = number->getValueAPF();
    const APFloat one(next.getSemantics(), "1");
    next.add(one, APFloat::rmNearestTiesToEven);
    return next.bitwiseIsEqual(number->getValueAPF()) ? nullptr : ConstantFP::get(number->getContext(), next);
  }
  return nullptr;
}

bool counts_up(const Instruction& instruction) {
  return instruction.getOpcode() == Instruction::Add &&
         isa<ConstantInt>(instruction.getOperand(1)) &&
         (cast<ConstantInt>(instruction.getOperand(1))->isOne() ||
          cast<ConstantInt>(instruction.getOperand(1))->isMinusOne());
}

bool flip_constant_of(Instruction& instruction) {
  for (Use& operand : instruction.operands()) {
    if (instruction.isShift() && operand.getOperandNo() == 1) {
      continue; // by one more may be by too much, of which LLVM may make anything
    }
    if (Constant* next = next_value(*operand)) {
      operand.set(next);
      return true;
    }
  }
  return false;
}

bool flip_constant(Function& function) {
  const std::vector<Instruction*> all = loops_first(function);
  for (const bool with_counters : {false, true}) {
    for (Instruction* instruction : all) {
      const bool counter = counts_up(*instruction);
      if ((isa<BinaryOperator>(instruction) || isa<CmpInst>(instruction)) &&
          counter == with_counters && flip_constant_of(*instruction)) {
        return true;
      }
    }
  }
  return false;
}

bool drop_store(Function& function) {
  for (Instruction* instruction : loops_first(function)) {
    auto* store = dyn_cast<StoreInst>(instruction);
    if (store != nullptr && store->isSimple() &&
        !isa<AllocaInst>(getUnderlyingObject(store->getPointerOperand()))) {
      store->eraseFromParent();
      return true;
    }
  }
  return false;
}

} // namespace

bool mutate(Function& function, const std::string& mutation) {
  if (mutation == "return-early") {
    return return_early(function);
  }
  if (mutation == "flip-constant") {
    return flip_constant(function);
  }
  if (mutation == "trap") {
    return trap(function);
  }
  return mutation == "drop-store" && drop_store(function);
}

} // namespace autopass
