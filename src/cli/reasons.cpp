// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "reasons.h"

#include "wrapper/reason.h"

#include <array>
#include <utility>

namespace autopass {
namespace {

// What the plugin counts, function by function.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> of_functions = {{
    {"functions", "with a body"},
    {"applied", "compiled with their plan"},
    {"no-plan", "there is none for a function with this content"},
    {"context-changed", "there is a plan, but confirmed with other options, or before what can be "
                        "inlined into the function changed: tune again"},
    {"option-left-out", "parameters of a plan that this compiler does not have"},
    {"optnone", "compiled without optimisation (-O0, or by attribute)"},
    {"naked", "have no body but assembly"},
    {"sanitized", "instrumented by a sanitizer"},
    {"switched-off", "the source says so, by an annotation"},
    {"coroutine", "are split by the compiler: left alone"},
    {"for-lto", "compiles whose second half is a link-time optimisation: left alone"},
    {"loop-pragma", "functions whose loops have pragmas of their own: the plan's hints are dropped"},
    {"loop-hinted", "loops with a hint of their function's plan"},
    {"loop-changed", "loop hints whose loop looks other than when it was tuned: dropped"},
}};

} // namespace

std::string_view meaning_of(std::string_view reason) {
  for (const auto& [name, meaning] : of_functions) {
    if (name == reason) {
      return meaning;
    }
  }
  for (std::size_t i = 1; i < reason_count; ++i) { // 0: no reason
    const ReasonEntry& entry = entry_of(static_cast<Reason>(i));
    if (entry.name == reason) {
      return entry.what;
    }
  }
  return {};
}

} // namespace autopass
