// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One command, run to its end, and what came of it.
#pragma once

#include "util/subprocess.h"
#include "workload.h"

#include <string>
#include <vector>

namespace autopass {

// `command.output` names the file that takes its stdout; `outputs` are the files that it writes,
// relative to its folder; `events` are counted. An Error when it cannot be started, or a file cannot be
// read.
Result<Run> execute(const Command& command, const std::vector<std::string>& outputs = {},
                    std::span<const CountedEvent> events = {});

} // namespace autopass
