// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The driver options that matter to us, as data: how many arguments they take, so that none of them
// is taken for an input, and what they say about the command. Whatever begins with a dash and is
// not here is one word and means nothing to us.
#pragma once

#include "reason.h"

#include <span>
#include <string_view>

namespace autopass {

enum class Form {
  Flag,             // -c
  Joined,           // -std=c99: the argument follows in the same word
  Separate,         // -Xclang X
  JoinedOrSeparate, // -Idir, -I dir
  JoinedAndSeparate // -Xarch_x86_64 X
};

enum class Effect {
  Nothing,        // takes its arguments and that is all
  Stop,           // stops before the link; `reason`, or None for an object
  Output,         // -o
  Language,       // -x
  Library,        // something to link
  Raise,          // no plugin, because of `reason`
  Clear,          // takes it back
  Target,         // --target=
  Lto,            // -flto
  Linker,         // -fuse-ld=
  LinkerPath,     // --ld-path=
  LinkerOption,   // -Wl, -Xlinker: the argument is for the linker
  ProgramFolder,  // where clang looks for programs
  CompilerOption, // -Xclang, -mllvm, -Wp,: the argument is for the compiler proper
  EndOfOptions    // --
};

struct Option {
  std::string_view spelling;
  Form form;
  Effect effect = Effect::Nothing;
  Reason reason = Reason::None;
};

constexpr Option raise(std::string_view spelling, Reason reason, Form form = Form::Flag) {
  return {spelling, form, Effect::Raise, reason};
}

std::span<const Option> options();
// Options of the compiler proper and of LLVM, which may follow -Xclang and -mllvm.
std::span<const Option> compiler_options();
// The longest spelling that `word` begins with, or is, as its form demands; null: none.
const Option* find_option(std::span<const Option> table, std::string_view word);
// The same for an argument of -Xclang or -mllvm, with one dash or with two.
const Option* find_compiler_option(std::string_view word);

// Debug information for this target is CodeView, which holds the command line.
bool has_codeview(std::string_view target);

} // namespace autopass
