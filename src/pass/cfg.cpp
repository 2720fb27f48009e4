// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cfg.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Module.h>

namespace autopass {

using namespace llvm;

namespace {

bool is_branch_point(const Instruction& instruction) {
  if (const auto* select = dyn_cast<SelectInst>(&instruction)) {
    return !select->getCondition()->getType()->isVectorTy();
  }
  return instruction.isTerminator() && instruction.getNumSuccessors() > 1;
}

} // namespace

std::vector<Instruction*> branch_points(Function& function) {
  std::vector<Instruction*> points;
  for (Instruction& instruction : instructions(function)) {
    if (is_branch_point(instruction)) {
      points.push_back(&instruction);
    }
  }
  return points;
}

unsigned ways(const Instruction& point) {
  return point.isTerminator() ? point.getNumSuccessors() : 2;
}

Digest cfg_hash(Function& function) {
  DenseMap<const BasicBlock*, std::uint64_t> numbers;
  for (const BasicBlock& block : function) {
    numbers.try_emplace(&block, numbers.size());
  }
  Hasher hash;
  hash.text("autopass cfg 1").number(numbers.size());
  for (const Instruction* point : branch_points(function)) {
    hash.number(numbers.lookup(point->getParent())).number(point->getOpcode());
    hash.number(ways(*point));
  }
  for (const BasicBlock& block : function) {
    for (const BasicBlock* next : successors(&block)) {
      hash.number(numbers.lookup(next));
    }
    hash.number(numbers.size()); // no block has this number
  }
  return hash.finish();
}

} // namespace autopass
