// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "content.h"

#include "tag.h"

#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/Function.h>

namespace autopass {

using namespace llvm;

namespace {

// Attributes of a function that say how its body is compiled, not what callers may rely on.
bool is_promise(Attribute attribute) {
  if (attribute.isStringAttribute()) {
    return false;
  }
  switch (attribute.getKindAsEnum()) {
  case Attribute::AlwaysInline:
  case Attribute::InlineHint:
  case Attribute::MinSize:
  case Attribute::MustProgress:
  case Attribute::NoInline:
  case Attribute::NonLazyBind:
  case Attribute::NoRecurse:
  case Attribute::OptimizeForSize:
  case Attribute::OptimizeNone:
  case Attribute::StackProtect:
  case Attribute::StackProtectReq:
  case Attribute::StackProtectStrong:
  case Attribute::UWTable: return false;
  default: return true;
  }
}

// Ours, and what the front end writes on every function when there is a profile to be used.
bool says_nothing(Attribute attribute) {
  return attribute.isStringAttribute() && (attribute.getKindAsString() == tag_attribute ||
                                           attribute.getKindAsString() == "use-sample-profile");
}

} // namespace

Digest ContentDigests::type(const Type* type) {
  if (const auto known = m_types.find(type); known != m_types.end()) {
    return known->second;
  }
  const Digest digest = compute(type); // may grow the map: no reference into it is held
  m_types[type] = digest;
  return digest;
}

// Types have no cycles: pointers do not say what they point to.
Digest ContentDigests::compute(const Type* type) {
  Hasher hash;
  hash.number(type->getTypeID());
  if (const auto* integer = dyn_cast<IntegerType>(type)) {
    hash.number(integer->getBitWidth());
  } else if (const auto* pointer = dyn_cast<PointerType>(type)) {
    hash.number(pointer->getAddressSpace());
  } else if (const auto* array = dyn_cast<ArrayType>(type)) {
    hash.number(array->getNumElements());
  } else if (const auto* vector = dyn_cast<VectorType>(type)) {
    hash.number(vector->getElementCount().getKnownMinValue());
  } else if (const auto* structure = dyn_cast<StructType>(type)) {
    hash.number(structure->isPacked()).number(structure->isOpaque());
  } else if (const auto* function = dyn_cast<FunctionType>(type)) {
    hash.number(function->isVarArg());
  } else if (const auto* target = dyn_cast<TargetExtType>(type)) {
    hash.text(view(target->getName()));
    for (const unsigned parameter : target->int_params()) {
      hash.number(parameter);
    }
  }
  hash.number(type->getNumContainedTypes());
  for (const Type* part : type->subtypes()) {
    hash.digest(this->type(part));
  }
  return hash.finish();
}

void ContentDigests::add(Hasher& hash, Attribute attribute) {
  if (attribute.isTypeAttribute()) {
    hash.text(view(Attribute::getNameFromAttrKind(attribute.getKindAsEnum())));
    if (attribute.getValueAsType() != nullptr) {
      hash.digest(type(attribute.getValueAsType()));
    }
  } else if (!says_nothing(attribute)) {
    hash.text(attribute.getAsString(true)); // numbers and ranges in words: no names in it
  }
}

Digest ContentDigests::attributes(AttributeSet attributes) {
  Digest& known = m_sets[attributes];
  if (known == Digest{}) {
    Hasher hash;
    for (const Attribute attribute : attributes) {
      add(hash, attribute);
    }
    known = hash.finish();
  }
  return known;
}

Digest ContentDigests::attributes(AttributeList attributes) {
  Digest& known = m_lists[attributes.getRawPointer()];
  if (known == Digest{}) {
    Hasher hash;
    for (const unsigned index : attributes.indexes()) {
      if (const AttributeSet set = attributes.getAttributes(index); set.hasAttributes()) {
        hash.number(index).digest(this->attributes(set));
      }
    }
    known = hash.finish();
  }
  return known;
}

Digest ContentDigests::promises(const Function& function) {
  Hasher hash;
  const AttributeList attributes = function.getAttributes();
  for (const Attribute attribute : attributes.getFnAttrs()) {
    if (is_promise(attribute)) {
      add(hash, attribute);
    }
  }
  hash.digest(this->attributes(attributes.removeFnAttributes(function.getContext())));
  return hash.finish();
}

Digest ContentDigests::raw_data(const ConstantDataSequential& data) {
  Digest& known = m_data[&data];
  if (known == Digest{}) {
    known = hash_text(view(data.getRawDataValues()));
  }
  return known;
}

} // namespace autopass
