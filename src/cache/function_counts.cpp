// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "function_counts.h"

#include <iterator>

namespace autopass {
namespace {

constexpr FunctionCountEntry entries[] = {
    {FunctionCount::Applied, "applied", "compiled with their plan"},
    {FunctionCount::NoPlan, "no-plan", "there is none for a function with this content"},
    {FunctionCount::ContextChanged, "context-changed",
     "there is a plan, but confirmed with other options, or before what can be inlined into the "
     "function changed: tune again"},
    {FunctionCount::InvalidPlan, "invalid-plan",
     "the plan is not valid and was ignored as a whole"},
    {FunctionCount::VocabularyVersion, "vocabulary-version",
     "the plan is written in the words of another AutoPass"},
    {FunctionCount::PlanFileInvalid, "plan-file-invalid",
     "compiles with a file of plans that is none: `autopass plan check` says what is wrong"},
    {FunctionCount::PlanFileChanged, "plan-file-changed",
     "compiles during which the file of plans was changed or taken away"},
    {FunctionCount::PassUnknown, "pass-unknown",
     "the plan runs a pass that this LLVM does not have, and was ignored as a whole"},
    {FunctionCount::PollyMissing, "polly-missing",
     "the plan wants the polyhedral optimiser, which this clang does not have, and was ignored as a "
     "whole"},
    {FunctionCount::OptionUnknown, "option-unknown",
     "the plan sets a parameter that this LLVM does not have, and was ignored as a whole"},
    {FunctionCount::OptionLeftOut, "option-left-out",
     "parameters of a plan that are set already, by an -mllvm option of the build's or by clang"},
    {FunctionCount::ProfileChanged, "profile-changed",
     "branch otherwise than when their branches were counted: the plan was ignored as a whole"},
    {FunctionCount::ProfileLeftOut, "profile-left-out",
     "profiles of a plan in a build that uses a profile of its own"},
    {FunctionCount::Optnone, "optnone", "compiled without optimisation (-O0, or by attribute)"},
    {FunctionCount::Naked, "naked", "have no body but assembly"},
    {FunctionCount::Sanitized, "sanitized", "instrumented by a sanitizer"},
    {FunctionCount::Instrumented, "instrumented", "compiled to be profiled, traced or covered"},
    {FunctionCount::SwitchedOff, "switched-off", "the source says so, by an annotation"},
    {FunctionCount::Coroutine, "coroutine", "are split by the compiler: left alone"},
    {FunctionCount::ForLto, "for-lto",
     "compiles for a link-time optimisation of a kind that plans do not follow: left alone"},
    {FunctionCount::LtoLeftOut, "lto-left-out",
     "elements of plans that would have to act in a link-time optimisation, and cannot"},
    {FunctionCount::CodegenLeftOut, "codegen-left-out",
     "back-end elements of plans where the back end does not compile one function after the other: not x86 with ELF, "
     "or -enable-ipra"},
    {FunctionCount::LtoDiagnostics, "lto-diagnostics",
     "left alone in a build with -flto, because a link could say of them what it would not say without a plan: they reach a "
     "call that the source forbids by attribute, assembly with a label or a directive, or there is a limit on frames"},
    {FunctionCount::LinkNoted, "link-noted",
     "functions whose plan has a part for the link, which does it when lld loads the plugin"},
    {FunctionCount::LinkApplied, "link-applied", "functions with whose plan's part the link has been done"},
    {FunctionCount::LoopPragma, "loop-pragma",
     "functions in which, or in what they could inline, loops have pragmas: the plan is ignored as a whole; in a link "
     "its hints are dropped, and the passes that it leaves out stay"},
    {FunctionCount::LoopHinted, "loop-hinted", "loops with a hint of their function's plan"},
    {FunctionCount::LoopChanged, "loop-changed",
     "loop hints whose loop looks other than when it was tuned: dropped"},
    {FunctionCount::CallDecided, "call-decided", "calls about which a plan decides"},
    {FunctionCount::CallChanged, "call-changed",
     "decisions on calls whose callee looks other than when it was tuned: dropped"},
    {FunctionCount::CallRefused, "call-refused",
     "decisions on calls that the source or the language decides: dropped"},
    {FunctionCount::Broken, "broken",
     "changed on purpose, to test the check of a program's output"},
    {FunctionCount::PlanPostcondition, "plan-postcondition",
     "compiled without their plans: with them the code had lost or gained what plans must not touch"},
    {FunctionCount::PlanCrashed, "plan-crashed",
     "compiled without their plans: with them the compiler crashed"},
    {FunctionCount::PlanFatalError, "plan-fatal-error",
     "compiled without their plans: with them the compiler gave up"},
    {FunctionCount::PlanError, "plan-error",
     "compiled without their plans: with them the compiler reported an error, or with -Werror a "
     "warning that is not known to come of them"},
    {FunctionCount::PlanWarning, "plan-warning",
     "compiled without their plans: with them the compiler said what it might not have said without"},
    {FunctionCount::PlanTimeout, "plan-timeout",
     "compiled without their plans: with them the compiler did not come to an end"},
    {FunctionCount::PlanOutOfMemory, "plan-out-of-memory",
     "compiled without their plans: with them the compiler took too much memory"},
    {FunctionCount::PlanUnprotected, "plan-unprotected",
     "compiled without their plans: had they failed, the compile could not have begun again"},
};

// Looked up in the user's compile, where nothing may be out of place.
static_assert([] {
  for (std::size_t i = 0; i < std::size(entries); ++i) {
    if (static_cast<std::size_t>(entries[i].count) != i) {
      return false;
    }
  }
  return std::size(entries) == static_cast<std::size_t>(FunctionCount::PlanUnprotected) + 1;
}());

} // namespace

std::span<const FunctionCountEntry> function_counts() { return entries; }

std::string_view name_of(FunctionCount count) {
  return entries[static_cast<std::size_t>(count)].name;
}

} // namespace autopass
