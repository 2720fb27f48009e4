// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the plugin counts in one compile, and what each count means: the plugin and `autopass
// explain` both have it from here. invalid-plan and vocabulary-version are reasons of errors too.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace autopass {

enum class FunctionCount {
  Applied,
  NoPlan,
  ContextChanged,
  InvalidPlan,
  VocabularyVersion,
  PlanFileInvalid,
  PlanFileChanged,
  PassUnknown,
  PollyMissing,
  OptionUnknown,
  OptionLeftOut,
  ProfileChanged,
  ProfileLeftOut,
  Optnone,
  Naked,
  Sanitized,
  Instrumented,
  SwitchedOff,
  Coroutine,
  ForLto,
  LtoLeftOut,
  CodegenLeftOut,
  LtoDiagnostics,
  LinkNoted,
  LinkApplied,
  LoopPragma,
  LoopHinted,
  LoopChanged,
  CallDecided,
  CallChanged,
  CallRefused,
  Broken,
  PlanPostcondition,
  PlanCrashed,
  PlanFatalError,
  PlanError,
  PlanWarning,
  PlanTimeout,
  PlanOutOfMemory,
  PlanUnprotected,
};

struct FunctionCountEntry {
  FunctionCount count;
  std::string_view name; // in the record
  std::string_view what; // a function that is counted here ...
};

// In the order of the enumeration.
std::span<const FunctionCountEntry> function_counts();
std::string_view name_of(FunctionCount count);

} // namespace autopass
