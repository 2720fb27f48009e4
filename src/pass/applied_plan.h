// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A plan as the plugin works with it: options resolved, skips looked up by name, passes of the back
// end told from its options.
#pragma once

#include "option_values.h"
#include "plan/plan.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/IR/Function.h>

#include <map>
#include <string>
#include <vector>

namespace autopass {

// Those settings of `codegen` that set an option.
std::vector<Setting> codegen_options(const Plan& plan);
// Options that are set whenever a plan runs Polly.
const std::vector<Setting>& polly_settings();

struct AppliedPlan {
  explicit AppliedPlan(Plan content);
  // True when the plan leaves out this run (from 1) of the pass.
  bool skips(llvm::StringRef pass, std::int64_t run) const;
  bool needs_codegen() const; // acts in the back end

  Plan plan;
  OptionSettings params, codegen;
  std::vector<std::string> machine_skips; // passes of the back end that are left out
  bool may_ask_for_width = true; // false: it could change floating-point results
};

// The plans of this compile, found by the tag on the function: a copy of a planned function that a
// pass makes is planned too.
class AppliedPlans {
public:
  // Tags the function and returns its plan; equal plans are shared.
  const AppliedPlan& tag(llvm::Function& function, const Plan& plan);
  const AppliedPlan* of(const llvm::Function& function) const;
  bool empty() const { return m_by_tag.empty(); }
  template <class Predicate> bool any(const Predicate& predicate) const {
    for (const auto& [tag, plan] : m_by_tag) {
      if (predicate(plan)) {
        return true;
      }
    }
    return false;
  }

private:
  std::map<std::string, AppliedPlan, std::less<>> m_by_tag;
};

} // namespace autopass
