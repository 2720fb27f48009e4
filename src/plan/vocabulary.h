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
inline constexpr int vocabulary_version = 2;

enum class Kind {
  Pipeline, // which passes run on the function, and in which order
  Params,   // a cl::opt read while an IR pass runs, set around this function's passes
  Codegen,  // a cl::opt read while the back end works on this function, or a pass of its
  Attrs,    // a function attribute
  Loops,    // a hint on one loop, addressed by order and checked by a hash
  Calls,    // what becomes of one call, addressed by order and checked by the callee
  Profile,  // counts of a run, checked by the shape of the control flow
};

enum class ValueType { Flag, Number, Word };

// By what an entry acts.
enum class Means {
  Ir,          // written into the function's IR: attributes, hints, decisions, counts
  Option,      // a cl::opt
  Pass,        // an IR pass that is left out, inserted or part of a replaced half
  MachinePass, // a pass of the back end, which can only be left out
};

struct AdmittedPass;

struct Entry {
  Kind kind;
  std::string_view name;     // the cl::opt, pass, attribute or hint
  ValueType type;
  std::int64_t low = 0;      // Number: the inclusive range that was tried and neither hangs nor crashes;
  std::int64_t high = 0;     // Flag: 0 to 1, or 1 to 1 (0 to 0) where only true (false) can be said
  std::string_view words;    // Word: the allowed values, separated by '|'
  std::string_view fallback; // what stock clang does
  std::string_view what;     // one sentence for people and models
  std::string_view source;   // file in LLVM that reads it
  Means means = Means::Option;
  const AdmittedPass* pass = nullptr; // of an IR pass
};

enum class PassLevel { Function, Loop, LoopMssa, Cgscc }; // module passes are never admitted

// Where the default pipelines have a pass, and what a plan may do with it.
enum PassUses : unsigned {
  simplifies = 1, // in the default simplification half
  optimises = 2,  // in the default optimisation half
  can_skip = 4,   // may be left out
  can_insert = 8, // may be inserted, and be part of a replaced half
  not_early = 16, // but of the optimisation half alone, when callers have inlined the function
};

// An IR pass that a plan may speak of. Nothing else ever becomes part of a pipeline.
struct AdmittedPass {
  std::string_view id;         // LLVM's textual name
  std::string_view class_name; // as pass instrumentation reports it
  PassLevel level;
  unsigned uses; // PassUses
  // What may stand in angle brackets behind the name. A flag is written "name" or "no-name" (one
  // that can only be true: "name"), a number "name=4", a word by its value alone.
  std::span<const Entry> options;
  std::string_view always; // written there in any case
  std::string_view what;
  std::string_view without; // what leaving it out means; empty: it cannot be left out
  std::string_view source;
};

// A place of the default pipelines at which a plugin may add passes.
struct InsertionPoint {
  std::string_view name;
  PassLevel level; // of what runs there; passes of a lower level are wrapped
  unsigned half;   // that it is in (PassUses); it is not there when a plan replaces that half
  std::string_view what;
};

std::span<const Entry> vocabulary();
// Null when the vocabulary has no such entry. A pass is found by its textual name or its class.
const Entry* find_entry(Kind kind, std::string_view name);

// Of an attribute under which loops do not grow, also where a pragma asks for it.
bool is_for_size(std::string_view attribute);
// Of an attribute that is left out where a link inlines later on: such a one, which could meet a pragma from another file,
// or one that a caller takes over with what it inlines.
bool is_left_out_of_lto(std::string_view attribute);

std::span<const AdmittedPass> passes();
const AdmittedPass* find_pass(std::string_view id);             // null: not admitted
const AdmittedPass* find_skippable(std::string_view class_name); // null: not one that may be left out
std::span<const InsertionPoint> insertion_points();
const InsertionPoint* find_insertion_point(std::string_view name);
// Whether a pass may be inserted in a half (PassUses), or be part of the one that replaces it.
bool may_run_in(const AdmittedPass& pass, unsigned half);
// Whether a pass may stand at a place: function and loop passes where functions are worked on, loop
// passes alone where loops are.
bool fits(const AdmittedPass& pass, const InsertionPoint& point);
// The option of a pass; null when the table has none of this name.
const Entry* find_option(const AdmittedPass& pass, std::string_view name);

std::string_view kind_name(Kind kind); // "params", "codegen", ...
// What may be said: "true|false", "0..64", "source|list-ilp".
std::string values_of(const Entry& entry);
std::string_view level_name(PassLevel level);

// Whether it was seen to change the function that has it and no other, on the code of
// testsuite/ir/twins.c. The rest is known to compile and to leave others alone.
bool is_proven(const Entry& entry);

} // namespace autopass
