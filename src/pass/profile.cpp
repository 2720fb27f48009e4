// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Weights say which way a branch mostly goes; with them block placement, inlining, splitting and spilling
// weigh one path of the function against another. Nothing is said about the module as a whole: without
// a profile summary no function is called hot or cold, so functions without a plan keep their code.
//
// What was measured replaces what the source guesses (__builtin_expect, [[likely]]): LLVM would lower such a
// guess after us, and write over our weights. It goes from branches that the workload never reached, too; that
// nobody comes there is what the weights before them say.
#include "profile.h"

#include "cfg.h"

#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/MDBuilder.h>

namespace autopass {

using namespace llvm;

namespace {

// Takes the guesses out of what decides these branches.
void drop_guesses(Function& function) {
  for (Instruction& instruction : make_early_inc_range(instructions(function))) {
    auto* guess = dyn_cast<IntrinsicInst>(&instruction);
    if (guess != nullptr && (guess->getIntrinsicID() == Intrinsic::expect ||
                             guess->getIntrinsicID() == Intrinsic::expect_with_probability)) {
      guess->replaceAllUsesWith(guess->getArgOperand(0));
      guess->eraseFromParent();
    }
  }
}

} // namespace

bool has_user_profile(const Module& module, const CompileSettings& settings) {
  const auto& told = settings.profiles;
  if (told && (told->Action != PGOOptions::NoAction || told->CSAction != PGOOptions::NoCSAction)) {
    return true;
  }
  // The front end's own kind (-fprofile-instr-use) is in the module already.
  return module.getProfileSummary(false) != nullptr || module.getProfileSummary(true) != nullptr ||
         any_of(module, [](const Function& function) {
           return function.hasMetadata(LLVMContext::MD_prof);
         });
}

bool profile_fits(const PlanProfile& profile, Function& function) {
  if (profile.cfg != cfg_hash(function)) {
    return false;
  }
  const std::vector<Instruction*> points = branch_points(function);
  if (points.size() != profile.weights.size()) {
    return false;
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!profile.weights[i].empty() && profile.weights[i].size() != ways(*points[i])) {
      return false;
    }
  }
  return true;
}

void set_profile(Function& function, const PlanProfile& profile) {
  const std::vector<Instruction*> points = branch_points(function);
  MDBuilder metadata(function.getContext());
  for (std::size_t i = 0; i < points.size(); ++i) {
    // The front end writes some guesses as weights ([[likely]] in a switch); they go as the others do.
    points[i]->setMetadata(LLVMContext::MD_prof,
                           profile.weights[i].empty()
                               ? nullptr
                               : metadata.createBranchWeights(profile.weights[i]));
  }
  drop_guesses(function);
  function.setEntryCount(profile.entry);
}

void drop_entry_count(Function& function) {
  function.setMetadata(LLVMContext::MD_prof, nullptr);
}

} // namespace autopass
