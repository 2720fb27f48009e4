// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Digests of types and attributes by content: never by the name or number that a module happens to
// give them. Kept for a whole module, since functions share them.
#pragma once

#include "util/hash.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/IR/Attributes.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/Type.h>

#include <string_view>

namespace autopass {

inline std::string_view view(llvm::StringRef text) { return {text.data(), text.size()}; }

class ContentDigests {
public:
  Digest type(const llvm::Type* type);
  Digest attributes(llvm::AttributeSet attributes);
  Digest attributes(llvm::AttributeList attributes);
  // What a declaration promises to its callers; how a body is to be compiled does not count, so that
  // a symbol looks the same whether its body is in this file or not.
  Digest promises(const llvm::Function& function);
  Digest raw_data(const llvm::ConstantDataSequential& data);

private:
  Digest compute(const llvm::Type* type);
  void add(Hasher& hash, llvm::Attribute attribute);

  llvm::DenseMap<const llvm::Type*, Digest> m_types;
  llvm::DenseMap<llvm::AttributeSet, Digest> m_sets;
  llvm::DenseMap<void*, Digest> m_lists;
  llvm::DenseMap<const llvm::Constant*, Digest> m_data;
};

} // namespace autopass
