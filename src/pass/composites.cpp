// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "composites.h"

#include <llvm/IR/GlobalAlias.h>
#include <llvm/IR/GlobalVariable.h>
#include <llvm/IR/Operator.h>

namespace autopass {

using namespace llvm;

namespace {

template <class Sink> void add_words(Sink& sink, const APInt& value) {
  sink.number(value.getBitWidth());
  for (unsigned i = 0; i < value.getNumWords(); ++i) {
    sink.number(value.getRawData()[i]);
  }
}

template <class Sink> void add_kind(Sink& sink, ContentDigests& contents, const Constant& constant) {
  sink.text("constant").number(constant.getValueID()).digest(contents.type(constant.getType()));
}

template <class Sink> void plain(Sink& sink, ContentDigests& contents, const Constant& constant) {
  add_kind(sink, contents, constant);
  if (const auto* integer = dyn_cast<ConstantInt>(&constant)) {
    add_words(sink, integer->getValue());
  } else if (const auto* number = dyn_cast<ConstantFP>(&constant)) {
    add_words(sink, number->getValueAPF().bitcastToAPInt());
  } else if (const auto* data = dyn_cast<ConstantDataSequential>(&constant)) {
    sink.digest(contents.raw_data(*data));
  }
}

// Its initializer is known here, and is the one that the program will have.
bool counts_by_content(const GlobalVariable& variable) {
  return variable.hasInitializer() &&
         (variable.hasLocalLinkage() || (variable.isConstant() && variable.hasDefinitiveInitializer()));
}

} // namespace

bool is_composite(const Constant& constant) {
  return isa<GlobalValue>(constant) || constant.getNumOperands() > 0;
}

void add_plain(Hasher& hash, ContentDigests& contents, const Constant& constant) {
  plain(hash, contents, constant);
}

Composite& Composites::of(const Constant& constant) {
  Composite*& known = m_known[&constant];
  if (known == nullptr) {
    known = &m_all.emplace_back();
    known->constant = &constant;
    HashBytes intro;
    if (const auto* global = dyn_cast<GlobalValue>(&constant)) {
      intro.text("global").number(global->hasLocalLinkage());
    } else {
      add_kind(intro, m_contents, constant);
    }
    known->intro = intro.take();
  }
  return *known;
}

void Composites::fill(Composite& composite) {
  if (composite.filled) {
    return;
  }
  composite.filled = true;
  if (const auto* global = dyn_cast<GlobalValue>(composite.constant)) {
    this->global(composite, *global);
  } else {
    aggregate(composite);
  }
}

void Composites::add(Composite& composite, const Constant& part) {
  if (is_composite(part)) {
    composite.parts.push_back({composite.content.size(), &of(part)});
    return;
  }
  HashBytes bytes;
  plain(bytes, m_contents, part);
  composite.content += bytes.take();
}

void Composites::global(Composite& composite, const GlobalValue& global) {
  HashBytes bytes;
  if (!global.hasLocalLinkage()) {
    bytes.text(view(global.getName())).number(global.hasExternalWeakLinkage());
  }
  bytes.number(global.getValueID()).number(global.getThreadLocalMode());
  bytes.digest(m_contents.type(global.getValueType()));
  const Constant* inside = nullptr;
  if (const auto* function = dyn_cast<Function>(&global)) {
    bytes.number(function->getCallingConv()).digest(m_contents.promises(*function));
  } else if (const auto* variable = dyn_cast<GlobalVariable>(&global)) {
    bytes.number(variable->isConstant()).number(variable->getAlign().valueOrOne().value());
    bytes.text(view(variable->getSection()));
    inside = counts_by_content(*variable) ? variable->getInitializer() : nullptr;
  } else if (const auto* alias = dyn_cast<GlobalAlias>(&global); alias && alias->hasLocalLinkage()) {
    inside = alias->getAliasee();
  }
  composite.content = bytes.take();
  if (inside != nullptr) {
    add(composite, *inside);
  }
}

void Composites::aggregate(Composite& composite) {
  const Constant& constant = *composite.constant;
  HashBytes bytes;
  if (const auto* expression = dyn_cast<ConstantExpr>(&constant)) {
    bytes.number(expression->getOpcode()).number(expression->getRawSubclassOptionalData());
  }
  if (const auto* address = dyn_cast<GEPOperator>(&constant)) {
    bytes.digest(m_contents.type(address->getSourceElementType()));
  }
  composite.content = bytes.number(constant.getNumOperands()).take();
  for (const Use& operand : constant.operands()) {
    add(composite, *cast<Constant>(operand.get()));
  }
}

} // namespace autopass
