// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The context of a function: what beside its own body decides how it is compiled. Plans were
// confirmed in one context and are applied in no other.
#pragma once

#include "fingerprint.h"

#include <llvm/Passes/OptimizationLevel.h>

#include <map>
#include <vector>

namespace autopass {

class Contexts {
public:
  Contexts(const llvm::Module& module, llvm::OptimizationLevel level, Fingerprinter& fingerprints);
  Digest of(const llvm::Function& function);

private:
  const std::vector<const llvm::Function*>& inlinable_callees(const llvm::Function& function);

  Fingerprinter& m_fingerprints;
  Digest m_settings; // of the whole compile
  std::map<const llvm::Function*, std::vector<const llvm::Function*>> m_callees;
};

} // namespace autopass
