// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tells the evidence what passes do to functions. Passes nest, and what a pass worked on may be gone
// when it has run, so names are kept on a stack; params.cpp has the invariant.
#pragma once

#include "evidence_log.h"

#include <llvm/ADT/Any.h>

#include <string>
#include <vector>

namespace autopass {

class PassWitness {
public:
  void begin(EvidenceLog& evidence, llvm::StringRef pass, const llvm::Any& unit);
  void end(EvidenceLog& evidence, llvm::StringRef pass, bool changed);

private:
  struct Running {
    const llvm::Module* module = nullptr;
    std::vector<std::string> functions; // none: the whole module
  };
  std::vector<Running> m_stack;
};

} // namespace autopass
