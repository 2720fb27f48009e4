// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Names for functions and loops that are made of nothing but their content. The canonical form is
// written down in docs/fingerprint.md.
#pragma once

#include "composites.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Module.h>

namespace autopass {

class Fingerprinter {
public:
  explicit Fingerprinter(const llvm::Module& module);
  // Of a function with a body, as the front end made it.
  Digest function(const llvm::Function& function);
  // Of what a profile says about it, which its fingerprint leaves out.
  Digest profile(const llvm::Function& function);
  // Of a loop, where hints on it are applied; metadata does not count.
  Digest loop(const llvm::Loop& loop);

private:
  ContentDigests m_contents;
  Composites m_composites{m_contents};
  Digest m_target; // triple and data layout
  llvm::DenseMap<const llvm::Function*, Digest> m_functions, m_profiles;
};

} // namespace autopass
