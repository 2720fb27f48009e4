// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How long llvm-mca expects a loop's instructions to take, without a cache miss or a wrong branch.
#pragma once

#include "util/error.h"

#include <string>
#include <vector>

namespace autopass {

// The figures of its summary, "Block RThroughput: 12.0" and so on, for this processor by clang's
// name, or for the one at hand ("native", or empty). Reasons of errors: mca-missing, mca-failed (with
// its words).
Result<std::vector<std::string>> machine_model(const std::vector<std::string>& loop,
                                               const std::string& cpu, int llvm_major,
                                               const std::string& scratch);

} // namespace autopass
