// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The context of a function: what beside its own body decides how it is compiled. Plans were
// confirmed in one context and are applied in no other.
#pragma once

#include "compile_settings.h"
#include "fingerprint.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/Passes/OptimizationLevel.h>

#include <optional>
#include <vector>

namespace autopass {

class Contexts {
public:
  // The module as the front end made it; all three live longer.
  Contexts(const llvm::Module& module, llvm::OptimizationLevel level, const CompileSettings& settings,
           Fingerprinter& fingerprints);
  Digest of(const llvm::Function& function);
  // Whether this holds for the function or for one that could be inlined into it.
  bool any(const llvm::Function& function, llvm::function_ref<bool(const llvm::Function&)> holds);

private:
  // What it names and what could be inlined, as often as it is named.
  const std::vector<const llvm::Function*>& inlinable(const llvm::Function& function);

  const Digest& of_compile();

  const llvm::Module& m_module;
  llvm::OptimizationLevel m_level;
  const CompileSettings& m_settings;
  Fingerprinter& m_fingerprints;
  std::optional<Digest> m_compile;
  llvm::DenseMap<const llvm::Function*, std::vector<const llvm::Function*>> m_callees;
};

} // namespace autopass
