// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the time goes and what the compiler says about it: the profile of the baseline joined with
// the evidence of its units.
#pragma once

#include "agents/roles.h"
#include "harness.h"

#include <set>
#include <vector>

namespace autopass {

struct Inspection {
  Profile profile;
  std::vector<FunctionEvidence> functions;     // every function of every unit
  std::vector<Subject> subjects;               // the hottest that can be tuned
  std::vector<std::vector<Finding>> findings;  // one list a subject
  std::vector<Subject> unseen;                 // hot, but the gate does not see them: not tuned
  std::vector<Subject> forbidden;              // hot, but the project says `never`
  std::vector<std::set<Digest>> by_unit;       // the fingerprints in each unit
  std::vector<FunctionPlan> profiles;          // which way branches went; the hottest function first
  std::string profiled_here;                   // why not through the prefix, if so: a reason
  std::string no_profiles;                     // why there are none, if so
  std::string why_no_profile;                  // where nothing is searched for, it can be done without
};

// Profiles every train workload, compiles every unit once in evidence mode, tells the replica which
// unit holds which function. Names `most` subjects; with 0, a profile that cannot be had is no error.
Result<Inspection> inspect(const Harness& harness, Score& score, Analysis& analysis,
                           const std::string& scratch, std::size_t most);

} // namespace autopass
