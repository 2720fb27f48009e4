// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiles one unit of a target again with the plugin: with plans, without, or for its evidence.
#pragma once

#include "baseline.h"
#include "builder.h"

#include <string>
#include <vector>

namespace autopass {

// A unit's object under some plans.
struct Compiled {
  std::string object;
  Digest code;
  double ratio = 1; // its compile time over the baseline's
  std::string said = {}; // by the compiler
};

// Objects go to <scratch>/<folder>/<unit>/. All that is referred to must outlive it; different units
// may be compiled at the same time.
class UnitCompiler {
public:
  UnitCompiler(const BuiltTarget& target, const Baseline& baseline, const Builder& builder,
               const ReplayOptions& options, std::string scratch)
      : m_target(target), m_baseline(baseline), m_builder(builder), m_options(options),
        m_scratch(std::move(scratch)) {}
  Result<void> prepare() const; // writes the empty snapshot

  // The plugin sees nothing of assembly, and clang's assembler refuses its options.
  bool planned(std::size_t unit) const;
  Compiled stock(std::size_t unit) const; // the baseline's object
  // An Error when the compiler prints what it does not print without them: compile-said-more. When
  // the plans fail: their reason (plan-crashed, ...), and no object.
  Result<Compiled> with_plans(std::size_t unit, const std::vector<StoredPlan>& plans,
                              const std::string& folder) const;
  Result<Compiled> without_plans(std::size_t unit, const std::string& folder,
                                 const std::vector<std::string>& arguments = {}) const;
  // With more arguments, behind all others: another level, a pass left out. Whatever the compiler prints.
  Result<Compiled> in_another_way(std::size_t unit, const std::vector<std::string>& arguments,
                                  const std::vector<StoredPlan>& plans,
                                  const std::string& folder) const;
  // An object that counts its branches; FILE says which counter is what (agents/counts.h).
  Result<Compiled> with_counters(std::size_t unit, const std::string& file) const;
  // An Error when it changes the object: evidence-changed-object. Once it is there, with_plans() judges the
  // frames of functions by it.
  Result<void> collect_evidence(std::size_t unit) const;
  std::string evidence_file(std::size_t unit) const;

private:
  std::string empty_snapshot() const { return m_scratch + "/empty.snapshot"; }
  enum class Talk { AsBefore, Ignored }; // what the compiler may print
  std::string place(std::size_t unit, const std::string& folder) const;
  Result<Compiled> compile(std::size_t unit, const std::string& folder, const std::string& slice,
                           const std::string& snapshot, const std::vector<std::string>& arguments,
                           Talk talk = Talk::AsBefore,
                           const std::vector<std::string>& last = {}) const;

  const BuiltTarget& m_target;
  const Baseline& m_baseline;
  const Builder& m_builder;
  const ReplayOptions& m_options;
  std::string m_scratch;
};

} // namespace autopass
