// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A plan: what to do differently for one function. Data only; canonical JSON, with a digest:
//
//   {"v":2,
//    "pipeline":{"skip":[{"pass":"InstCombinePass","run":3},{"pass":"SLPVectorizerPass"}],
//                "insert":[{"at":"scalar-late","passes":[{"pass":"gvn"},
//                           {"pass":"licm","options":{"allowspeculation":false}}]}],
//                "simplification":[{"pass":"sroa"},...],"optimization":[...],"polly":true},
//    "params":{"unroll-count":4},"codegen":{"machine-cse":false,"x86-cmov-converter":false},
//    "attrs":{"noinline":true,"tune-cpu":"znver3"},
//    "loops":[{"loop":0,"hash":"<32 hex>","interleave":2,"width":"8"}],
//    "calls":[{"call":3,"callee":"<32 hex>","inline":true}],
//    "profile":{"cfg":"<32 hex>","entry":1000,"weights":[[10,90],[],[1,2,3]]}}
//
// Canonical: keys in the order above, settings and options sorted by name, lists by what they
// address, no blanks, empty parts left out. The empty plan is {"v":2}.
#pragma once

#include "util/error.h"
#include "util/hash.h"
#include "vocabulary.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace autopass {

using Value = std::variant<bool, std::int64_t, std::string>;

struct Setting {
  std::string name;
  Value value;
  auto operator<=>(const Setting&) const = default;
};

struct Skip {
  std::string pass;     // class name as pass instrumentation reports it ("LoopUnrollPass")
  std::int64_t run = 0; // which of its runs on this function, from 1; 0: every one
  auto operator<=>(const Skip&) const = default;
};

struct PassUse {
  std::string pass;             // LLVM's textual name of an admitted pass ("loop-unroll")
  std::vector<Setting> options; // those that the pass's entry lists, sorted by name
  auto operator<=>(const PassUse&) const = default;
};

struct Insertion {
  std::string at; // a place of insertion_points()
  std::vector<PassUse> passes;
  auto operator<=>(const Insertion&) const = default;
};

struct Pipeline {
  std::vector<Skip> skip;              // sorted
  std::vector<Insertion> insert;       // sorted by place, a place once
  std::vector<PassUse> simplification; // unless empty, in place of the default's first half
  std::vector<PassUse> optimization;   // unless empty, in place of the default's second half
  bool polly = false; // out of line, through the polyhedral optimiser, then simplified as usual
  bool empty() const;
  auto operator<=>(const Pipeline&) const = default;
};

struct LoopHint {
  std::int64_t loop = 0; // preorder number in the function at the start of the vectoriser
  Digest hash;           // the loop's structural hash there; a mismatch ignores the plan's hint; zeros: any
  std::vector<Setting> hints;
  auto operator<=>(const LoopHint&) const = default;
};

struct CallDecision {
  std::int64_t call = 0; // which of the direct calls in the front end's IR, in order, from 0
  Digest callee;         // fingerprint of the callee's body; a mismatch ignores the decision; zeros: any
  bool inline_it = false;
  auto operator<=>(const CallDecision&) const = default;
};

// Counts from an instrumented run, for the front end's IR.
struct PlanProfile {
  Digest cfg; // hash of the control flow that was counted; a mismatch ignores the profile
  std::uint64_t entry = 0;
  // For each terminator with more than one successor and each select on a scalar, in order: a count
  // for each successor, or none at all where nothing is known.
  std::vector<std::vector<std::uint32_t>> weights;
  auto operator<=>(const PlanProfile&) const = default;
};

struct Plan {
  Pipeline pipeline;
  std::vector<Setting> params, codegen, attrs; // sorted by name, no name twice
  std::vector<LoopHint> loops;                 // sorted by loop
  std::vector<CallDecision> calls;             // sorted by call, a call once
  std::optional<PlanProfile> profile;
  bool empty() const;
  auto operator<=>(const Plan&) const = default;
};

// Sorts what the canonical form wants sorted; the last of two settings with one name stays.
void normalise(Plan& plan);
std::string print(const Plan& plan);
// For people: as print(), but a profile is how many branches it is about, and a digest.
std::string print_briefly(const Plan& plan);
// The one validator for every reader (cache, network, model): syntax, version, every name, type and
// range, no unknown key, bounded counts. An Error names the offending place.
Result<Plan> parse(std::string_view json);
// The same for what a person has written: the version may be left out, and so may a loop's hash and a
// call's callee (a digest of zeros), which then mean whatever loop or callee is there.
Result<Plan> parse_by_hand(std::string_view json);
inline constexpr int deepest_plan = 8; // objects and lists within one another
Result<void> validate(const Plan& plan);
// What a plan says beside what was counted: without its profile, and without the calls that it has decided
// next to one.
Plan without_counts(Plan plan);
Digest digest(const Plan& plan);
Digest digest(const PlanProfile& profile);

// The elements of a plan, one by one, for minimising and for explaining: "params unroll-count=4".
// An element is a setting, a skip, an inserted pass, a replaced half, polly, a hint on a loop, a
// decision on a call, the profile ("profile of 12 branches"). without(p, i) is p with its i-th element taken away.
std::vector<std::string> elements(const Plan& plan);
Plan without(const Plan& plan, std::size_t element);
// The same elements in the same order, each a plan of its own.
std::vector<Plan> parts(const Plan& plan);
// Whether `plan` says all that `other` says, whatever it says besides.
bool says_all_of(const Plan& plan, const Plan& other);
// `over` wins where both say something about the same thing.
Plan merge(const Plan& base, const Plan& over);

} // namespace autopass
