// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Values as agents write them ("4", 4, "false", 0) and as the vocabulary wants them.
#pragma once

#include "plan/plan.h"

#include <optional>
#include <string>

namespace autopass {

// `value` in the entry's own type, numbers clamped to its range; nothing when no reading of it
// makes sense.
std::optional<Value> fit_value(const Entry& entry, const Value& value);
std::string show_value(const Value& value);

// The part that holds settings of this kind: params, codegen or attrs.
std::vector<Setting>& settings_of(Plan& plan, Kind kind);

// Adds `entry = value` to the right part of a plan; a loop's hint goes to each loop of `loops`. A pass
// is left out, in the run that the value numbers (0: in all).
struct LoopEvidence;
void add_setting(Plan& plan, const Entry& entry, const Value& value,
                 const std::vector<const LoopEvidence*>& loops = {});

} // namespace autopass
