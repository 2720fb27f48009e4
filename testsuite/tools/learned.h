// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a replica's evidence says of its functions, for programs here.
#pragma once

#include "agents/evidence.h"
#include "build/replay.h"
#include "util/file.h"

#include <set>
#include <vector>

namespace autopass {

struct Learned {
  std::vector<FunctionEvidence> functions;
  std::vector<std::set<Digest>> by_unit; // fingerprints; the replica is told
};

inline Result<Learned> learn(Replica& replica) {
  Learned learned;
  TRY(const auto files, replica.collect_evidence());
  for (const auto& file : files) {
    TRY(const auto text, read_file(file));
    TRY(auto evidence, parse_evidence(text));
    auto& unit = learned.by_unit.emplace_back();
    for (auto& function : evidence) {
      unit.insert(function.fingerprint);
      learned.functions.push_back(std::move(function));
    }
  }
  replica.set_unit_functions(learned.by_unit);
  return learned;
}

} // namespace autopass
