// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tuning in the background, for those who have switched it on (`autopass config tune=auto`).
#pragma once

#include "cache/build_record.h"

namespace autopass {

// When `link` makes a target that has a workload in its project's .autopass.toml: queues it, and
// leaves a process behind that waits until we, who are about to become the linker's driver, are
// gone, and then becomes `autopass queue --work`. Does nothing in CI.
void start_tuning_after(const Job& link);

} // namespace autopass
