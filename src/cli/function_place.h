// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which recorded compiles have made a function, and which plans there are for it.
#pragma once

#include "build/target.h"
#include "cache/build_record.h"
#include "cache/plan_store.h"

#include <string>
#include <vector>

namespace autopass {

// Whether people mean this symbol: by its own name, by what C++ calls it, or by that without the
// parameters.
bool is_called(const std::string& symbol, const std::string& name);
// What C++ calls it; the symbol itself where that is nothing else.
std::string readable(const std::string& symbol);

struct FunctionPlace {
  Unit unit;
  std::string symbol;
  SliceKey key; // where a compile of the unit looks plans up
};
// Newest first, those below `folder` before others, as far as their objects are there; at most 16.
Result<std::vector<FunctionPlace>> find_function(BuildRecord& record, const std::string& name,
                                                 const std::string& folder);

struct PublishedPlan {
  SliceKey key;
  StoredPlan plan;
};
// Of all functions; those of slices that hold none are no plans in force.
Result<std::vector<PublishedPlan>> published_plans();
std::vector<PublishedPlan> plans_called(const std::vector<PublishedPlan>& plans,
                                        const std::string& name);

} // namespace autopass
