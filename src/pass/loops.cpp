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
#include <functional>
#include <iterator>

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

// "vectorize": false, "unroll": 1 and the like only forbid.
bool asks_for_something(const MDOperand& operand) {
  const auto* property = dyn_cast_or_null<MDNode>(operand.get());
  const auto* name = property != nullptr && property->getNumOperands() > 0
                         ? dyn_cast<MDString>(property->getOperand(0))
                         : nullptr;
  constexpr StringLiteral asking[] = {"llvm.loop.vectorize.", "llvm.loop.interleave.", "llvm.loop.distribute.",
                                      "llvm.loop.unroll.count", "llvm.loop.unroll.full"};
  if (name == nullptr ||
      none_of(asking, [&](StringRef prefix) { return name->getString().starts_with(prefix); })) {
    return false;
  }
  const auto* value = property->getNumOperands() > 1
                          ? mdconst::dyn_extract<ConstantInt>(property->getOperand(1))
                          : nullptr;
  return value == nullptr || !value->isZero();
}

} // namespace

bool asks_for_width(const Setting& setting) {
  return setting.name == "width" || (setting.name == "vectorize" && std::get<bool>(setting.value));
}

void hint_loops(Compilation& compilation, Function& function, Fingerprinter& fingerprints) {
  const AppliedPlan* plan = compilation.plans.of(function);
  if (plan != nullptr && !plan->plan.loops.empty()) {
    hint_loops(compilation, function, plan->plan.loops, plan->may_ask_for_width, fingerprints);
  }
}

void hint_loops(Compilation& compilation, Function& function, const std::vector<LoopHint>& hints,
                bool may_ask_for_width, Fingerprinter& fingerprints) {
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
  for (const LoopHint& hint : hints) {
    const auto place = std::size_t(hint.loop);
    if (place < loops.size() && (hint.hash == Digest{} || hashes[place] == hint.hash)) {
      set_hints(*loops[place], hint, may_ask_for_width);
      compilation.hinted.insert(function.getName().str());
      compilation.count(FunctionCount::LoopHinted);
    } else {
      compilation.count(FunctionCount::LoopChanged);
    }
  }
}

void drop_open_hints(const Compilation& compilation, Module& module) {
  for (const std::string& name : compilation.hinted) {
    Function* function = module.getFunction(name);
    if (function == nullptr) {
      continue; // inlined
    }
    for (BasicBlock& block : *function) {
      MDNode* properties = block.getTerminator()->getMetadata(LLVMContext::MD_loop);
      if (properties == nullptr || none_of(drop_begin(properties->operands()), asks_for_something)) {
        continue;
      }
      SmallVector<Metadata*, 4> kept = {nullptr};
      copy_if(drop_begin(properties->operands()), std::back_inserter(kept), std::not_fn(asks_for_something));
      MDNode* rest = MDNode::getDistinct(module.getContext(), kept);
      rest->replaceOperandWith(0, rest); // a loop is told by a node that holds itself
      block.getTerminator()->setMetadata(LLVMContext::MD_loop, rest);
    }
  }
}

} // namespace autopass
