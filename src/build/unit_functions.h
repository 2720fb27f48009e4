// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "target.h"
#include "util/hash.h"

#include <set>
#include <vector>

namespace autopass {

// Writes down which functions are in which object of the target, so that it is known for which
// objects a plan is. `by_unit`: fingerprints, in the order of the target's units.
Result<void> remember_functions(BuildRecord& record, const BuiltTarget& target,
                                const std::vector<std::set<Digest>>& by_unit);

} // namespace autopass
