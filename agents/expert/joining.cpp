// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Joining candidates: what may be joined, and how.
#include "agents/values.h"
#include "moves.h"

#include <algorithm>

namespace autopass {

namespace {

struct Element {
  Kind kind;
  std::string name;
  std::string value;
  std::int64_t place = -1; // loop or call
};

std::vector<Element> elements_of(const Plan& plan) {
  std::vector<Element> all;
  const auto add = [&](Kind kind, const std::vector<Setting>& settings, std::int64_t place = -1) {
    for (const Setting& setting : settings) {
      all.push_back({kind, setting.name, show_value(setting.value), place});
    }
  };
  add(Kind::Params, plan.params);
  add(Kind::Codegen, plan.codegen);
  add(Kind::Attrs, plan.attrs);
  for (const Skip& skip : plan.pipeline.skip) {
    all.push_back({Kind::Pipeline, skip.pass, std::to_string(skip.run)});
  }
  for (const Insertion& insertion : plan.pipeline.insert) {
    for (const PassUse& use : insertion.passes) {
      all.push_back({Kind::Pipeline, insertion.at + " " + use.pass, "inserted"});
    }
  }
  if (plan.pipeline.polly) {
    all.push_back({Kind::Pipeline, "polly", "true"});
  }
  for (const CallDecision& decision : plan.calls) {
    all.push_back({Kind::Calls, "inline", decision.inline_it ? "true" : "false", decision.call});
  }
  for (const LoopHint& hint : plan.loops) {
    add(Kind::Loops, hint.hints, hint.loop);
  }
  return all;
}

bool opposed(const Element& left, const Element& right) {
  if (left.kind == right.kind && left.name == right.name && left.place == right.place) {
    return left.value != right.value;
  }
  const Lever* one = find_lever(left.kind, left.name, left.value);
  const Lever* other = find_lever(right.kind, right.name, right.value);
  return one != nullptr && other != nullptr && one->family == other->family &&
         one->direction * other->direction < 0;
}

} // namespace

bool in_conflict(const std::vector<FunctionPlan>& left, const std::vector<FunctionPlan>& right) {
  for (const FunctionPlan& one : left) {
    for (const FunctionPlan& other : right) {
      if (one.function != other.function) {
        continue;
      }
      const std::vector<Element> ours = elements_of(one.plan), theirs = elements_of(other.plan);
      for (const Element& element : ours) {
        if (std::any_of(theirs.begin(), theirs.end(),
                        [&](const Element& their) { return opposed(element, their); })) {
          return true;
        }
      }
    }
  }
  return false;
}

const Lever* only_lever(const std::vector<FunctionPlan>& plans) {
  const std::vector<FunctionPlan> edits = without_profiles(plans);
  const std::vector<Element> all =
      edits.empty() ? std::vector<Element>{} : elements_of(edits.front().plan);
  return all.size() == 1 ? find_lever(all[0].kind, all[0].name, all[0].value) : nullptr;
}

std::vector<FunctionPlan> join_plans(const std::vector<FunctionPlan>& base,
                                     const std::vector<FunctionPlan>& over) {
  std::vector<FunctionPlan> joined = base;
  for (const FunctionPlan& more : over) {
    const auto same = std::find_if(joined.begin(), joined.end(), [&](const FunctionPlan& plan) {
      return plan.function == more.function;
    });
    if (same == joined.end()) {
      joined.push_back(more);
    } else {
      same->plan = merge(same->plan, more.plan);
    }
  }
  std::sort(joined.begin(), joined.end(), [](const FunctionPlan& left, const FunctionPlan& right) {
    return left.function < right.function;
  });
  return joined;
}

} // namespace autopass
