// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The parts of the vocabulary's table, one file each, and how a row is written.
#pragma once

#include "vocabulary.h"

namespace autopass {

std::span<const Entry> params_entries();
std::span<const Entry> codegen_entries();
std::span<const Entry> attrs_entries();
std::span<const Entry> loops_entries();
std::span<const Entry> calls_entries();
std::span<const Entry> profile_entries();

// What acts by itself: all but options of LLVM.
constexpr Means means_of(Kind kind) {
  switch (kind) {
  case Kind::Params:
  case Kind::Codegen: return Means::Option;
  case Kind::Pipeline: return Means::Pass;
  default: return Means::Ir;
  }
}

constexpr Entry flag(Kind kind, std::string_view name, std::string_view fallback,
                     std::string_view what, std::string_view source) {
  return {kind, name, ValueType::Flag, 0, 1, {}, fallback, what, source, means_of(kind)};
}

// A flag that can only be set: what it would be without the plan is what `false` would say.
constexpr Entry only_true(Kind kind, std::string_view name, std::string_view what,
                          std::string_view source) {
  return {kind, name, ValueType::Flag, 1, 1, {}, "false", what, source, means_of(kind)};
}

// A flag that can only be taken away.
constexpr Entry only_false(Kind kind, std::string_view name, std::string_view what,
                           std::string_view source) {
  return {kind, name, ValueType::Flag, 0, 0, {}, "true", what, source, means_of(kind)};
}

// A pass of the back end: there unless the plan says no.
constexpr Entry machine_pass(std::string_view name, std::string_view what,
                             std::string_view source) {
  return {Kind::Codegen, name,   ValueType::Flag,   0, 0, {}, "true",
          what,          source, Means::MachinePass};
}

constexpr Entry number(Kind kind, std::string_view name, std::int64_t low, std::int64_t high,
                       std::string_view fallback, std::string_view what, std::string_view source) {
  return {kind,     name, ValueType::Number, low,           high, {},
          fallback, what, source,            means_of(kind)};
}

constexpr Entry word(Kind kind, std::string_view name, std::string_view words,
                     std::string_view fallback, std::string_view what, std::string_view source) {
  return {kind, name, ValueType::Word, 0, 0, words, fallback, what, source, means_of(kind)};
}

} // namespace autopass
