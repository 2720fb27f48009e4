// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a loop looks like where hints on it are applied. Analyses are made afresh and thrown away:
// asking the pass manager for them would leave them cached, and a cached analysis can change what
// a later pass does.
#include "evidence_log.h"

#include <llvm/Analysis/AssumptionCache.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

struct LoopFacts {
  std::int64_t instructions = 0, loads = 0, stores = 0, branches = 0, selects = 0, calls = 0;
  std::int64_t element_bits = 0;
  bool floating = false;
};

LoopFacts facts_of(const Loop& loop) {
  LoopFacts facts;
  const DataLayout& layout = loop.getHeader()->getModule()->getDataLayout();
  for (BasicBlock* block : loop.blocks()) {
    for (Instruction& instruction : *block) {
      if (isa<DbgInfoIntrinsic>(instruction)) {
        continue;
      }
      ++facts.instructions;
      const auto* branch = dyn_cast<BranchInst>(&instruction);
      facts.branches += branch != nullptr && branch->isConditional();
      facts.loads += isa<LoadInst>(instruction);
      facts.stores += isa<StoreInst>(instruction);
      facts.selects += isa<SelectInst>(instruction);
      facts.calls += isa<CallBase>(instruction) && !isa<IntrinsicInst>(instruction);
      facts.floating |= instruction.getType()->isFPOrFPVectorTy();
      if (isa<LoadInst>(instruction) || isa<StoreInst>(instruction)) {
        Type* type = getLoadStoreType(&instruction)->getScalarType();
        if (type->isSized()) {
          facts.element_bits = std::max(facts.element_bits,
                                        std::int64_t(layout.getTypeSizeInBits(type)));
        }
      }
    }
  }
  return facts;
}

} // namespace

DescribedLoops describe_loops(Function& function, const TargetLibraryInfo& library,
                              const TargetTransformInfo& target, Fingerprinter& fingerprints) {
  DominatorTree dominators(function);
  LoopInfo info(dominators);
  DescribedLoops described;
  if (info.empty()) {
    return described;
  }
  AssumptionCache assumptions(function);
  TargetLibraryInfo own_library = library;
  ScalarEvolution evolution(function, own_library, assumptions, dominators, info);
  const auto register_bits = std::int64_t(
      target.getRegisterBitWidth(TargetTransformInfo::RGK_FixedWidthVector).getFixedValue());
  const auto loops = info.getLoopsInPreorder();
  for (std::size_t number = 0; number < loops.size(); ++number) {
    Loop* loop = loops[number];
    const auto parent = std::find(loops.begin(), loops.end(), loop->getParentLoop());
    const LoopFacts facts = facts_of(*loop);
    described.headers.push_back(loop->getHeader());
    described.loops.push_back(json::Object{
        {"loop", std::int64_t(number)},
        {"parent", parent == loops.end() ? -1 : std::int64_t(parent - loops.begin())},
        {"hash", fingerprints.loop(*loop).hex()},
        {"depth", std::int64_t(loop->getLoopDepth())},
        {"blocks", std::int64_t(loop->getNumBlocks())},
        {"instructions", facts.instructions},
        {"loads", facts.loads},
        {"stores", facts.stores},
        {"branches", facts.branches},
        {"selects", facts.selects},
        {"calls", facts.calls},
        {"float", facts.floating},
        {"trip_count", std::int64_t(evolution.getSmallConstantTripCount(loop))},
        {"trip_multiple", std::int64_t(evolution.getSmallConstantTripMultiple(loop))},
        {"max_trip_count", std::int64_t(evolution.getSmallConstantMaxTripCount(loop))},
        {"innermost", loop->isInnermost()},
        {"element_bits", facts.element_bits},
        {"register_bits", register_bits}});
  }
  return described;
}

} // namespace autopass
