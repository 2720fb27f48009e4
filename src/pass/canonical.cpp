// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Values: locals, constants and globals. Each begins with a letter that says what it is, so that no
// two kinds of things can be written alike. Invariant: nothing that is hashed depends on a pointer,
// on a name that only this module gives, or on a number that unrelated code above could shift.
#include "canonical.h"

#include <llvm/IR/GlobalAlias.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Operator.h>

namespace autopass {

using namespace llvm;

namespace {

void add_words(Hasher& hash, const APInt& value) {
  hash.number(value.getBitWidth());
  for (unsigned i = 0; i < value.getNumWords(); ++i) {
    hash.number(value.getRawData()[i]);
  }
}

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
  if (const auto* symbol = dyn_cast<GlobalValue>(&constant)) {
    global(*symbol);
    return;
  }
  m_hash.text("constant").number(constant.getValueID());
  m_hash.digest(m_contents.type(constant.getType()));
  if (const auto* integer = dyn_cast<ConstantInt>(&constant)) {
    add_words(m_hash, integer->getValue());
  } else if (const auto* number = dyn_cast<ConstantFP>(&constant)) {
    add_words(m_hash, number->getValueAPF().bitcastToAPInt());
  } else if (const auto* data = dyn_cast<ConstantDataSequential>(&constant)) {
    m_hash.digest(m_contents.raw_data(*data));
  } else if (const auto* address = dyn_cast<BlockAddress>(&constant)) {
    global(*address->getFunction());
    if (address->getFunction() == m_self) {
      value(*address->getBasicBlock());
    }
  } else if (constant.getNumOperands() > 0 && !numbered(m_aggregates, &constant)) {
    if (const auto* expression = dyn_cast<ConstantExpr>(&constant)) {
      m_hash.number(expression->getOpcode()).number(expression->getRawSubclassOptionalData());
    }
    if (const auto* address = dyn_cast<GEPOperator>(&constant)) {
      m_hash.digest(m_contents.type(address->getSourceElementType()));
    }
    m_hash.number(constant.getNumOperands());
    for (const Use& operand : constant.operands()) {
      value(*operand);
    }
  }
}

void CanonicalWriter::global(const GlobalValue& global) {
  if (&global == m_self) {
    m_hash.text("self");
    return;
  }
  m_hash.text("global").number(global.hasLocalLinkage());
  if (numbered(m_globals, &global)) {
    return;
  }
  if (!global.hasLocalLinkage()) {
    m_hash.text(view(global.getName())).number(global.hasExternalWeakLinkage());
  }
  m_hash.number(global.getValueID()).number(global.getThreadLocalMode());
  m_hash.digest(m_contents.type(global.getValueType()));
  if (const auto* function = dyn_cast<Function>(&global)) {
    m_hash.number(function->getCallingConv()).digest(m_contents.promises(*function));
  } else if (const auto* object = dyn_cast<GlobalVariable>(&global)) {
    variable(*object);
  } else if (const auto* alias = dyn_cast<GlobalAlias>(&global); alias && alias->hasLocalLinkage()) {
    value(*alias->getAliasee());
  }
}

void CanonicalWriter::variable(const GlobalVariable& variable) {
  m_hash.number(variable.isConstant()).number(variable.getAlign().valueOrOne().value());
  m_hash.text(view(variable.getSection()));
  const bool by_content = variable.hasLocalLinkage() ||
                          (variable.isConstant() && variable.hasDefinitiveInitializer());
  if (by_content && variable.hasInitializer()) {
    value(*variable.getInitializer());
  }
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
