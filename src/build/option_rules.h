// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The options that a replay must know, as tables; an option without a rule is kept.
#pragma once

#include "arguments.h"

#include <span>

namespace autopass {

enum class Form {
  Exact,            // -MD
  Joined,           // --output=x
  Separate,         // -Xlinker x
  JoinedOrSeparate, // -ox, -o x
};

struct Rule {
  std::string_view name;
  Form form;
  Effect effect;
};

// The first rule that fits decides.
std::span<const Rule> driver_rules();
// What the linker writes beside its output; names without their dashes.
std::span<const Rule> linker_rules();
// Dependency output that goes through -Wp,.
std::span<const Rule> preprocessor_rules();

// The rule for one word of a command line; null when there is none.
const Rule* find_rule(std::span<const Rule> rules, std::string_view word);
// The same for a word that the linker reads: spelled with one dash or two.
const Rule* find_linker_rule(std::string_view word);
// True when the option's value is the next word.
bool takes_next(const Rule& rule, std::string_view word);

} // namespace autopass
