// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `autopass doctor` looks at, check by check. A check fails when no plan can act, no job is
// recorded or wrong objects are likely; what merely could be better is a warning.
#pragma once

#include "cache/probe.h"

#include <string>
#include <vector>

namespace autopass {

enum class Health { Ok, Warn, Fail };

struct Symptom {
  std::string name; // what was looked at
  Health health;
  std::string what;
  std::string next{};   // what to try
  std::string reason{}; // the name under which compiles count it
};
using Symptoms = std::vector<Symptom>;

// diagnosis.cpp: ourselves.
Symptoms check_switches();      // AUTOPASS=off, a compiler that started us
Symptoms check_configuration(); // ours, and the project file of this folder
Symptoms check_folders();       // data, state, spool
Symptoms check_snapshot();

// diagnosis_compilers.cpp: the compiler that builds get, and the others that we know. Each is tried
// again, and what came of it is remembered.
Symptoms check_compilers();

// diagnosis_company.cpp: who else is between a build and its compiler.
Symptoms check_variables(); // CC, CXX
Symptoms check_caches();    // ccache on the wrong side of us

} // namespace autopass
