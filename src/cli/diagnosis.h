// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `autopass doctor` looks at, check by check. A finding that fails is one under which no plan
// can act or no job is recorded, or which makes wrong objects likely; what merely could be better
// is a warning.
#pragma once

#include "cache/probe.h"

#include <string>
#include <vector>

namespace autopass {

enum class Health { Ok, Warn, Fail };

struct Finding {
  std::string name; // what was looked at
  Health health;
  std::string what;
  std::string next{};   // what to try
  std::string reason{}; // the name under which compiles count it
};
using Findings = std::vector<Finding>;

// diagnosis.cpp: ourselves.
Findings check_switches();      // AUTOPASS=off, a compiler that started us
Findings check_configuration(); // ours, and the project file of this folder
Findings check_folders();       // data, state, spool
Findings check_snapshot();

// diagnosis_compilers.cpp: the compiler that builds get, and the others that we know. Each is tried
// again, and what came of it is remembered.
Findings check_compilers();

// diagnosis_company.cpp: who else is between a build and its compiler.
Findings check_variables(); // CC, CXX
Findings check_caches();    // ccache on the wrong side of us

} // namespace autopass
