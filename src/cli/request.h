// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From what the user typed, the project file and the environment to what a session needs to know:
// which target, which workloads.
#pragma once

#include "cache/config.h"
#include "tune/session.h"
#include "verbs.h"
#include "wrapper/record.h" // working_folder(), as compiles have recorded it

#include <string>
#include <vector>

namespace autopass {

// The project that `given`, as typed in `folder`, belongs to: the one around the program when it is
// ours, and the project that we are in does not name the program or does not exist; else that one.
Result<Project> project_of(const std::string& given, const std::string& folder);

// The absolute path of the program to tune. `given` is what the user typed in `folder`; when empty,
// the project's only target, else the only link recorded below `folder`.
Result<std::string> choose_target(const std::string& given, const Project& project,
                                  const std::string& folder,
                                  const std::vector<std::string>& recorded);

// The workloads for `target`, into `options`: from the arguments, else from the project file, else
// `fallback` (AUTOPASS_RUN).
Result<void> choose_workloads(const WorkloadArguments& arguments, const Project& project,
                              const std::string& folder, const std::string& fallback,
                              TuneOptions& options);

} // namespace autopass
