// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A store of its own, for the target /bin/x, which has the functions f1 and f2.
#pragma once

#include "fixture.h"
#include "tune/in_force.h"
#include "util/paths.h"

#include <doctest/doctest.h>
#include <string>
#include <vector>

namespace autopass {

struct Published {
  TestFolder folder;
  TestVariable home{"XDG_DATA_HOME", folder.scratch.path().c_str()};
  Basis basis;
  Inspection inspection;

  Published() {
    basis.key = {"project", "znver3", 22};
    basis.target.path = "/bin/x";
    for (const std::uint64_t number : {1, 2}) {
      FunctionEvidence function;
      function.fingerprint = {1, number};
      function.context = {7, 7};
      inspection.functions.push_back(function);
    }
  }
  void publish(const std::string& target, const std::vector<StoredPlan>& plans) const {
    auto store = PlanStore::open(plans_path()).value();
    REQUIRE(store.replace(basis.key, target, plans));
  }
};

} // namespace autopass
