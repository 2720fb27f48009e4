// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A plan: what to do differently for one function. Data only; canonical JSON, with a digest:
//
//   {"v":1,"params":{"unroll-count":4},"codegen":{"x86-cmov-converter":false},
//    "skip":[{"pass":"SLPVectorizerPass"},{"pass":"InstCombinePass","run":3}],
//    "attrs":{"tune-cpu":"znver3","noinline":true},
//    "loops":[{"loop":0,"hash":"<32 hex>","interleave":2,"width":"8"}]}
//
// Canonical: keys in the order above, inside an object sorted by name, no blanks, empty parts left
// out. The empty plan is {"v":1}.
#pragma once

#include "util/error.h"
#include "util/hash.h"
#include "vocabulary.h"

#include <compare>
#include <cstdint>
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

struct LoopHint {
  std::int64_t loop = 0; // preorder number in the function at the start of the vectoriser
  Digest hash;           // the loop's structural hash there; a mismatch ignores the plan's hint
  std::vector<Setting> hints;
  auto operator<=>(const LoopHint&) const = default;
};

struct Plan {
  std::vector<Setting> params, codegen, attrs; // sorted by name, no name twice
  std::vector<Skip> skip;                      // sorted
  std::vector<LoopHint> loops;                 // sorted by loop
  bool empty() const;
  auto operator<=>(const Plan&) const = default;
};

// Sorts what the canonical form wants sorted; the last of two settings with one name stays.
void normalise(Plan& plan);
std::string print(const Plan& plan);
// The one validator for every reader (cache, network, model): syntax, version, every name, type and
// range, no unknown key, bounded counts. An Error names the offending place.
Result<Plan> parse(std::string_view json);
Result<void> validate(const Plan& plan);
Digest digest(const Plan& plan);

// The elements of a plan, one by one (a loop's hint counts as one each), for minimising and for
// explaining: "params unroll-count=4". without(p, i) is p with its i-th element taken away.
std::vector<std::string> elements(const Plan& plan);
Plan without(const Plan& plan, std::size_t element);
// `over` wins where both say something about the same thing.
Plan merge(const Plan& base, const Plan& over);

} // namespace autopass
