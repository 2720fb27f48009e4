// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which plans are in a file that is there, from the build record.
#pragma once

#include "cache/records.h"
#include "util/error.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct PlanInBinary {
  std::string function; // empty: no published plan and no file of plans tells its name
  FoundPlan found;
  std::string object;
  std::string elements; // empty: the plan is not published any more
  bool symbol = false;  // the file has a symbol of this name
};

// Elements of plans that the compile for a link-time optimisation could not apply itself.
struct LeftToLink {
  std::int64_t left_out = 0, functions = 0; // with a part of their plan that is left to the link
};

struct BinaryPlans {
  std::vector<PlanInBinary> applied, refused;  // refused: there was one for another context
  std::map<std::string, std::string> unknown;  // object -> why nothing is known of it
  std::map<std::string, LeftToLink> at_link;   // by object
  std::optional<std::string> link_reason;      // why the linker did not load the plugin; empty: it did; nothing: not known
  std::vector<std::string> not_met;            // of the file of plans: "NAME", or "1 of NAME, NAME", which have one plan
  std::size_t objects = 0;
};

// `path` is absolute. An error where nothing at all is known of the file.
Result<BinaryPlans> plans_in_binary(const std::string& path);

} // namespace autopass
