// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The closed list of what a plan may say. One table; the validator, the plugin, the agents'
// prompts, `autopass vocabulary` and the documentation all read it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace autopass {

// Bumped when the meaning of an existing entry changes; plans of another version are not applied.
inline constexpr int vocabulary_version = 1;

enum class Kind {
  Params,  // a cl::opt read while an IR pass runs, set around this function's passes
  Codegen, // a cl::opt read while the back end works on this function
  Skip,    // an optional IR pass that is left out for this function
  Attrs,   // a function attribute
  Loops,   // a hint on one loop, addressed by order and checked by a hash
};

enum class ValueType { Flag, Number, Word };

struct Entry {
  Kind kind;
  std::string_view name;     // the cl::opt, pass, attribute or hint
  ValueType type;
  std::int64_t low = 0;      // Number: the inclusive range that was tried and neither hangs nor crashes;
                             // Flag: low 1 means that only true can be said
  std::int64_t high = 0;
  std::string_view words;    // Word: the allowed values, separated by '|'
  std::string_view fallback; // what stock clang does
  std::string_view what;     // one sentence for people and models
  std::string_view source;   // file in LLVM that reads it
};

std::span<const Entry> vocabulary();
// Null when the vocabulary has no such entry.
const Entry* find_entry(Kind kind, std::string_view name);
std::string_view kind_name(Kind kind); // "params", "codegen", ...
// What may be said: "true|false", "0..64", "source|list-ilp"; "0" for a pass that is left out.
std::string values_of(const Entry& entry);

} // namespace autopass
