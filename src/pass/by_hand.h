// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "plan/plan_file.h"

#include <llvm/IR/Function.h>

#include <map>
#include <string>
#include <vector>

namespace autopass {

// The plans of a file that a person has written, for those of these functions that it names. The
// command line says by `digest` which content the object is made from: another content is an error
// (plan-file-changed), as is a file that is none (plan-file-invalid).
Result<std::map<llvm::Function*, Result<Plan>>>
plans_by_hand(const std::string& path, const Digest& digest,
              const std::vector<llvm::Function*>& functions);
// All that are valid, for a link: it finds them by their tags.
Result<std::vector<Plan>> plans_by_hand(const std::string& path, const Digest& digest);

} // namespace autopass
