// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "fingerprint.h"

#include "canonical.h"
#include "content.h"

#include <llvm/IR/DataLayout.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/TargetParser/Triple.h>

namespace autopass {

using namespace llvm;

namespace {

// Changes when the canonical form does: no fingerprint of another form can match then.
constexpr std::string_view form = "autopass fingerprint 2";

} // namespace

Fingerprinter::Fingerprinter(const Module& module) {
  m_target = Hasher()
                 .text(Triple(module.getTargetTriple()).str())
                 .text(module.getDataLayoutStr())
                 .finish();
}

Digest Fingerprinter::function(const Function& function) {
  Digest& known = m_functions[&function];
  if (known != Digest{}) {
    return known;
  }
  CanonicalWriter writer(m_composites, &function, true);
  writer.hash().text(form).digest(m_target);
  writer.hash().digest(m_contents.type(function.getFunctionType()));
  writer.hash().digest(m_contents.attributes(function.getAttributes()));
  writer.hash().number(function.hasLocalLinkage()).number(function.getCallingConv());
  writer.hash().number(function.getAlign().valueOrOne().value());
  writer.hash().text(view(function.getSection()));
  writer.hash().text(function.hasGC() ? function.getGC() : std::string());
  if (function.hasPersonalityFn()) {
    writer.value(*function.getPersonalityFn());
  }
  writer.attachments(function);
  for (const Argument& argument : function.args()) {
    writer.value(argument);
  }
  for (const BasicBlock& block : function) {
    writer.block(block);
  }
  known = writer.finish();
  return known;
}

Digest Fingerprinter::profile(const Function& function) {
  Digest& known = m_profiles[&function];
  if (known != Digest{}) {
    return known;
  }
  CanonicalWriter writer(m_composites, &function, true);
  if (const MDNode* entry = function.getMetadata(LLVMContext::MD_prof)) {
    writer.node(*entry);
  }
  std::uint64_t place = 0;
  for (const Instruction& instruction : instructions(function)) {
    if (const MDNode* weights = instruction.getMetadata(LLVMContext::MD_prof)) {
      writer.hash().number(place);
      writer.node(*weights);
    }
    place += !isa<DbgInfoIntrinsic>(instruction);
  }
  known = writer.finish();
  return known;
}

Digest Fingerprinter::loop(const Loop& loop) {
  CanonicalWriter writer(m_composites, loop.getHeader()->getParent(), false);
  writer.hash().text(form).number(loop.getLoopDepth()).number(loop.getSubLoops().size());
  for (const BasicBlock* block : loop.blocks()) {
    writer.block(*block);
  }
  return writer.finish();
}

} // namespace autopass
