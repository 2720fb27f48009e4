// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Values: locals, and constants and globals (composites.h). Each begins with a letter that says what it is, so that no
// two kinds of things can be written alike. Invariant: nothing that is hashed depends on a pointer,
// on a name that only this module gives, or on a number that unrelated code above could shift.
#include "canonical.h"

#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/IntrinsicInst.h>

namespace autopass {

using namespace llvm;

namespace {

// What only a failing assert would print: the line number and the texts.
bool is_literal(const llvm::Value& value) {
  if (isa<ConstantInt>(value)) {
    return true;
  }
  const auto* variable = dyn_cast<GlobalVariable>(value.stripPointerCasts());
  return variable != nullptr && variable->hasLocalLinkage() && variable->isConstant() &&
         variable->hasInitializer() && isa<ConstantDataArray>(variable->getInitializer());
}

bool ends_the_program(const CallBase& call) {
  return isa<UnreachableInst>(call.getParent()->getTerminator());
}

} // namespace

// Writes the number of a thing; true when it was there before and needs no further words.
bool CanonicalWriter::numbered(DenseMap<const void*, unsigned>& numbers, const void* thing) {
  const auto [place, is_new] = numbers.try_emplace(thing, numbers.size());
  m_hash.number(place->second);
  return !is_new;
}

bool CanonicalWriter::numbered(Composite& composite) {
  const bool is_new = composite.reader != m_reader;
  if (is_new) {
    composite.reader = m_reader;
    composite.number = isa<GlobalValue>(composite.constant) ? m_globals++ : m_aggregates++;
  }
  m_hash.number(composite.number);
  return !is_new;
}

void CanonicalWriter::value(const llvm::Value& value) {
  if (const auto* constant = dyn_cast<Constant>(&value)) {
    this->constant(*constant);
  } else if (const auto* assembly = dyn_cast<InlineAsm>(&value)) {
    m_hash.text("asm").text(view(assembly->getAsmString()));
    m_hash.text(view(assembly->getConstraintString()));
    m_hash.digest(m_contents.type(assembly->getFunctionType()));
    m_hash.number(assembly->hasSideEffects()).number(assembly->isAlignStack());
    m_hash.number(assembly->getDialect()).number(assembly->canThrow());
  } else if (const auto* wrapped = dyn_cast<MetadataAsValue>(&value)) {
    m_hash.text("metadata");
    metadata(wrapped->getMetadata());
  } else {
    m_hash.text("local");
    if (!numbered(m_locals, &value)) {
      m_hash.digest(m_contents.type(value.getType()));
    }
  }
}

void CanonicalWriter::constant(const Constant& constant) {
  if (!is_composite(constant)) {
    add_plain(m_hash, m_contents, constant);
    return;
  }
  struct Open {
    const Composite* composite;
    std::size_t part = 0, at = 0; // the next one, and how far its content is written
  };
  SmallVector<Open, 8> open;
  const auto meet_part = [&](Composite& part) {
    if (meet(part)) {
      open.push_back({&part});
    }
  };
  meet_part(m_composites.of(constant));
  while (!open.empty()) {
    Open& top = open.back();
    const Composite& composite = *top.composite;
    const bool done = top.part == composite.parts.size();
    const std::size_t end = done ? composite.content.size() : composite.parts[top.part].at;
    m_hash.bytes(composite.content.data() + top.at, end - top.at);
    if (done) {
      open.pop_back();
      continue;
    }
    top.at = end;
    meet_part(*composite.parts[top.part++].composite);
  }
}

// Writes how it is met; true when that is for the first time, and its content is to follow.
bool CanonicalWriter::meet(Composite& composite) {
  if (composite.constant == m_self) {
    m_hash.text("self");
    return false;
  }
  m_hash.bytes(composite.intro.data(), composite.intro.size());
  if (const auto* address = dyn_cast<BlockAddress>(composite.constant)) { // has no number
    constant(*address->getFunction());
    if (address->getFunction() == m_self) {
      value(*address->getBasicBlock());
    }
    return false;
  }
  if (numbered(composite)) {
    return false;
  }
  m_composites.fill(composite);
  return true;
}

void CanonicalWriter::block(const BasicBlock& block) {
  value(block);
  for (const Instruction& instruction : block) {
    if (!isa<DbgInfoIntrinsic>(instruction)) {
      this->instruction(instruction);
    }
  }
}

void CanonicalWriter::instruction(const Instruction& instruction) {
  value(instruction);
  m_hash.number(instruction.getOpcode()).number(instruction.getRawSubclassOptionalData());
  special_state(instruction);
  if (const auto* call = dyn_cast<CallBase>(&instruction)) {
    call_operands(*call);
  } else {
    m_hash.number(instruction.getNumOperands());
    for (const Use& operand : instruction.operands()) {
      value(*operand);
    }
  }
  if (m_with_metadata) {
    attachments(instruction);
  }
}

void CanonicalWriter::call_operands(const CallBase& call) {
  const bool last_words = ends_the_program(call);
  m_hash.number(call.getNumOperands());
  for (const Use& operand : call.operands()) {
    if (last_words && call.isDataOperand(&operand) && is_literal(*operand)) {
      m_hash.text("literal").digest(m_contents.type(operand->getType()));
    } else {
      value(*operand);
    }
  }
}

} // namespace autopass
