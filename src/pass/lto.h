// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Link-time optimisation: which elements of a plan act before the link, which in it, and how the second find
// their way there. lto.cpp tells why so.
#pragma once

#include "plan/plan.h"

#include <llvm/IR/Function.h>
#include <llvm/IR/Module.h>

#include <cstddef>
#include <optional>

namespace autopass {

// What becomes of this module behind the compile.
enum class Lto {
  None,
  Thin,
  Full,
  Other // of a kind that plans do not follow
};
Lto lto_of(const llvm::Module& module);

struct PlanPhases {
  Plan compile, link;
  std::size_t left_out = 0; // elements that can act in neither
};
// With Lto::None all of it acts in the compile.
PlanPhases phases_of(Plan plan, Lto lto);

// Writes on the function what the link has to do.
void note_for_link(llvm::Function& function, const Plan& plan);
llvm::StringRef noted_text(const llvm::Function& function); // empty: nothing
// What a compile has noted, as far as a link may do it; nothing also when it is not valid.
std::optional<Plan> noted_for_link(const llvm::Function& function);

} // namespace autopass
