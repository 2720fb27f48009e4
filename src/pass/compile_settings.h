// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler was told that is not in the module: vectoriser and unrolling switches, profiles.
#pragma once

#include "util/hash.h"

#include <llvm/Passes/PassBuilder.h>

#include <optional>
#include <string>

namespace autopass {

struct CompileSettings {
  explicit CompileSettings(const llvm::PassBuilder& builder);
  // Before the first pass: which vector functions there are (-fveclib=) is told to an analysis alone.
  void see_library(llvm::Module& module, llvm::ModuleAnalysisManager& analyses);
  // Profiles by content: another training run makes another program.
  void add_to(Hasher& hash) const;

  llvm::PipelineTuningOptions tuning;
  std::optional<llvm::PGOOptions> profiles;
  std::string vector_functions;
};

} // namespace autopass
