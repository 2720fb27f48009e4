// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A plan seen as a list of elements that can be taken away one by one, and the union of two plans.
#include "plan.h"

#include <algorithm>
#include <cassert>

namespace autopass {

namespace {

std::string to_text(const Setting& setting) {
  if (const bool* flag = std::get_if<bool>(&setting.value)) {
    return setting.name + "=" + (*flag ? "true" : "false");
  }
  if (const std::int64_t* number = std::get_if<std::int64_t>(&setting.value)) {
    return setting.name + "=" + std::to_string(*number);
  }
  return setting.name + "=" + std::get<std::string>(setting.value);
}

// Visits the elements in their order; `visit(description, erase)` returns false to stop.
template <class Visit> void visit_elements(Plan& plan, const Visit& visit) {
  const auto settings = [&](const std::string& prefix, std::vector<Setting>& list) {
    for (auto setting = list.begin(); setting != list.end(); ++setting) {
      if (!visit(prefix + to_text(*setting), [&] { list.erase(setting); })) {
        return false;
      }
    }
    return true;
  };
  if (!settings("params ", plan.params) || !settings("codegen ", plan.codegen)) {
    return;
  }
  for (auto skip = plan.skip.begin(); skip != plan.skip.end(); ++skip) {
    const std::string run = skip->run == 0 ? "" : " run " + std::to_string(skip->run);
    if (!visit("skip " + skip->pass + run, [&] { plan.skip.erase(skip); })) {
      return;
    }
  }
  if (!settings("attrs ", plan.attrs)) {
    return;
  }
  for (LoopHint& loop : plan.loops) {
    if (!settings("loops " + std::to_string(loop.loop) + " ", loop.hints)) {
      return;
    }
  }
}

void merge_settings(std::vector<Setting>& base, const std::vector<Setting>& over) {
  base.insert(base.end(), over.begin(), over.end()); // normalise() keeps the last
}

void merge_skips(std::vector<Skip>& base, const std::vector<Skip>& over) {
  std::erase_if(base, [&](const Skip& skip) {
    return std::any_of(over.begin(), over.end(),
                       [&](const Skip& other) { return other.pass == skip.pass; });
  });
  base.insert(base.end(), over.begin(), over.end());
}

void merge_loops(std::vector<LoopHint>& base, const std::vector<LoopHint>& over) {
  for (const LoopHint& loop : over) {
    const auto same = std::find_if(base.begin(), base.end(), [&](const LoopHint& other) {
      return other.loop == loop.loop;
    });
    if (same == base.end()) {
      base.push_back(loop);
    } else if (same->hash == loop.hash) {
      merge_settings(same->hints, loop.hints);
    } else {
      *same = loop; // another loop has this number now
    }
  }
}

} // namespace

std::vector<std::string> elements(const Plan& plan) {
  Plan canonical = plan;
  normalise(canonical);
  std::vector<std::string> descriptions;
  visit_elements(canonical, [&](const std::string& description, const auto&) {
    descriptions.push_back(description);
    return true;
  });
  return descriptions;
}

Plan without(const Plan& plan, std::size_t element) {
  assert(element < elements(plan).size());
  Plan result = plan;
  normalise(result);
  visit_elements(result, [&](const std::string&, const auto& erase) {
    if (element-- > 0) {
      return true;
    }
    erase();
    return false;
  });
  normalise(result);
  return result;
}

Plan merge(const Plan& base, const Plan& over) {
  Plan merged = base;
  merge_settings(merged.params, over.params);
  merge_settings(merged.codegen, over.codegen);
  merge_settings(merged.attrs, over.attrs);
  merge_skips(merged.skip, over.skip);
  merge_loops(merged.loops, over.loops);
  normalise(merged);
  return merged;
}

} // namespace autopass
