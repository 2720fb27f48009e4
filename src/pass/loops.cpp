// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A hint names its loop by preorder number at the start of the vectoriser, after inlining, so that
// loops of inlined callees can be reached without touching the callee elsewhere, and by the loop's
// hash: a loop that looks different is not the one that was measured, and gets no hint.
//
// A function in which the user has asked for loop transformations himself gets none at all, nor does
// one that has inlined such a loop: the warnings that clang owes him could not be told from those that
// our hints would cause.
#include "loops.h"

#include "loop_pragma.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Metadata.h>
#include <llvm/Transforms/Utils/LoopUtils.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

MDNode* property(LLVMContext& context, StringRef name) {
  return MDNode::get(context, {MDString::get(context, name)});
}

MDNode* property(LLVMContext& context, StringRef name, Constant* value) {
  return MDNode::get(context, {MDString::get(context, name), ConstantAsMetadata::get(value)});
}

Constant* flag(LLVMContext& context, const Setting& setting) {
  return ConstantInt::getBool(context, std::get<bool>(setting.value));
}

Constant* number(LLVMContext& context, std::int64_t value) {
  return ConstantInt::get(Type::getInt32Ty(context), std::uint64_t(value));
}

MDNode* property_for(LLVMContext& context, const Setting& setting) {
  if (setting.name == "width") {
    const auto lanes = std::stoll(std::get<std::string>(setting.value));
    return property(context, "llvm.loop.vectorize.width", number(context, lanes));
  }
  if (setting.name == "interleave") {
    const auto count = std::get<std::int64_t>(setting.value);
    return property(context, "llvm.loop.interleave.count", number(context, count));
  }
  if (setting.name == "unroll") {
    const auto count = std::get<std::int64_t>(setting.value);
    return count == 1 ? property(context, "llvm.loop.unroll.disable")
                      : property(context, "llvm.loop.unroll.count", number(context, count));
  }
  if (setting.name == "unroll-full") {
    return property(context, "llvm.loop.unroll.full");
  }
  if (setting.name == "runtime-unroll") {
    return property(context, "llvm.loop.unroll.runtime.disable");
  }
  if (setting.name == "licm") {
    return property(context, "llvm.licm.disable");
  }
  if (setting.name == "align") {
    const auto bytes = std::stoll(std::get<std::string>(setting.value));
    return property(context, "llvm.loop.align", number(context, bytes));
  }
  if (setting.name == "distribute") {
    return property(context, "llvm.loop.distribute.enable", flag(context, setting));
  }
  if (setting.name == "predicate") {
    return property(context, "llvm.loop.vectorize.predicate.enable", flag(context, setting));
  }
  return property(context, "llvm.loop.vectorize.enable", flag(context, setting));
}

// Asking for vectorisation, or for a width, takes the guard against reordering for granted.
bool asks_for_width(const Setting& setting) {
  return setting.name == "width" || (setting.name == "vectorize" && std::get<bool>(setting.value));
}

bool computes_floats(const Loop& loop) {
  for (const BasicBlock* block : loop.blocks()) {
    for (const Instruction& instruction : *block) {
      if (instruction.getType()->isFPOrFPVectorTy()) {
        return true;
      }
    }
  }
  return false;
}

// In a link the guard against reordering, an option, cannot be set for one function.
bool may_ask_for_width(const Compilation& compilation, const AppliedPlan& plan, const Loop& loop) {
  return compilation.phase == Phase::ThinLink ? !computes_floats(loop) : plan.may_ask_for_width;
}

void set_hints(Loop& loop, const LoopHint& hint, bool may_ask_for_width) {
  LLVMContext& context = loop.getHeader()->getContext();
  SmallVector<MDNode*, 4> properties;
  for (const Setting& setting : hint.hints) {
    if (may_ask_for_width || !asks_for_width(setting)) {
      properties.push_back(property_for(context, setting));
    }
  }
  loop.setLoopID(makePostTransformationMetadata(context, loop.getLoopID(), {}, properties));
}

// The properties that hints are made of; what only says that something is done is not among them.
bool is_hint(const Metadata* property) {
  constexpr StringRef names[] = {"llvm.loop.vectorize.width",  "llvm.loop.vectorize.enable",
                                 "llvm.loop.interleave.count", "llvm.loop.vectorize.predicate.enable",
                                 "llvm.loop.unroll.count",     "llvm.loop.distribute.enable"};
  const auto* node = dyn_cast_or_null<MDNode>(property);
  const auto* name = node != nullptr && node->getNumOperands() > 0
                         ? dyn_cast_or_null<MDString>(node->getOperand(0))
                         : nullptr;
  return name != nullptr && is_contained(names, name->getString());
}

void forget_hints(Loop& loop) {
  const MDNode* before = loop.getLoopID();
  if (before == nullptr || none_of(before->operands(), is_hint)) {
    return;
  }
  SmallVector<Metadata*, 8> kept = {nullptr}; // itself
  for (const MDOperand& property : drop_begin(before->operands())) {
    if (!is_hint(property)) {
      kept.push_back(property);
    }
  }
  MDNode* after = MDNode::getDistinct(loop.getHeader()->getContext(), kept);
  after->replaceOperandWith(0, after);
  loop.setLoopID(after);
}

} // namespace

void forget_hints(Compilation& compilation, Module& module) {
  for (const std::string& name : compilation.hinted) {
    Function* function = module.getFunction(name);
    if (function == nullptr || function->isDeclaration()) {
      continue;
    }
    DominatorTree dominators(*function);
    LoopInfo info(dominators);
    for (Loop* loop : info.getLoopsInPreorder()) {
      forget_hints(*loop);
    }
  }
}

void hint_loops(Compilation& compilation, Function& function, Fingerprinter& fingerprints) {
  const AppliedPlan* plan = compilation.plans.of(function);
  if (plan == nullptr || plan->plan.loops.empty()) {
    return;
  }
  DominatorTree dominators(function);
  LoopInfo info(dominators);
  const auto loops = info.getLoopsInPreorder();
  if (std::any_of(loops.begin(), loops.end(), [](const Loop* loop) { return has_loop_pragma(*loop); })) {
    compilation.count(FunctionCount::LoopPragma);
    return;
  }
  std::vector<Digest> hashes; // before any hint is set
  for (const Loop* loop : loops) {
    hashes.push_back(fingerprints.loop(*loop));
  }
  for (const LoopHint& hint : plan->plan.loops) {
    const auto place = std::size_t(hint.loop);
    if (place < loops.size() && (hint.hash == Digest{} || hashes[place] == hint.hash)) {
      set_hints(*loops[place], hint, may_ask_for_width(compilation, *plan, *loops[place]));
      compilation.hinted.insert(function.getName().str());
      compilation.count(FunctionCount::LoopHinted);
    } else {
      compilation.count(FunctionCount::LoopChanged);
    }
  }
}

} // namespace autopass
