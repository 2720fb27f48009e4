// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A plan seen as a list of elements that can be taken away one by one, and the union of two plans.
#include "plan.h"
#include "util/text.h"

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

// "licm(allowspeculation=false)"
std::string to_text(const PassUse& use) {
  std::vector<std::string> options;
  for (const Setting& option : use.options) {
    options.push_back(to_text(option));
  }
  return options.empty() ? use.pass : use.pass + "(" + join(options, ",") + ")";
}

std::string to_text(const std::vector<PassUse>& uses) {
  std::vector<std::string> passes;
  for (const PassUse& use : uses) {
    passes.push_back(to_text(use));
  }
  return join(passes, ",");
}

std::string to_text(const PlanProfile& profile) {
  const std::size_t branches = profile.weights.size();
  return format("profile of %zu branch%s", branches, branches == 1 ? "" : "es");
}

// Walks over the elements in their order; `visit(description, erase)` returns false to stop, and
// so do all of these.
template <class Visit> class Walk {
public:
  explicit Walk(const Visit& visit) : m_visit(visit) {}

  bool all(Plan& plan) const {
    return pipeline(plan.pipeline) && settings("params ", plan.params) &&
           settings("codegen ", plan.codegen) && settings("attrs ", plan.attrs) &&
           loops(plan.loops) && calls(plan.calls) && profile(plan.profile);
  }

private:
  // Every item of a list, described by `text`.
  template <class T, class Text> bool items(std::vector<T>& list, const Text& text) const {
    for (auto item = list.begin(); item != list.end(); ++item) {
      if (!m_visit(text(*item), [&] { list.erase(item); })) {
        return false;
      }
    }
    return true;
  }

  bool settings(const std::string& prefix, std::vector<Setting>& list) const {
    return items(list, [&](const Setting& setting) { return prefix + to_text(setting); });
  }

  bool half(const std::string& name, std::vector<PassUse>& passes) const {
    return passes.empty() || m_visit(name + " " + to_text(passes), [&] { passes.clear(); });
  }

  bool pipeline(Pipeline& pipeline) const {
    const auto skip_text = [](const Skip& skip) {
      return "skip " + skip.pass + (skip.run == 0 ? "" : " run " + std::to_string(skip.run));
    };
    if (!items(pipeline.skip, skip_text)) {
      return false;
    }
    for (Insertion& insertion : pipeline.insert) {
      const auto insertion_text = [&](const PassUse& use) {
        return "insert " + insertion.at + " " + to_text(use);
      };
      if (!items(insertion.passes, insertion_text)) {
        return false;
      }
    }
    return half("simplification", pipeline.simplification) &&
           half("optimization", pipeline.optimization) &&
           (!pipeline.polly || m_visit("polly", [&] { pipeline.polly = false; }));
  }

  bool loops(std::vector<LoopHint>& hints) const {
    return std::all_of(hints.begin(), hints.end(), [&](LoopHint& loop) {
      return settings("loops " + std::to_string(loop.loop) + " ", loop.hints);
    });
  }

  bool calls(std::vector<CallDecision>& decisions) const {
    return items(decisions, [](const CallDecision& decision) {
      return "calls " + std::to_string(decision.call) +
             (decision.inline_it ? " inline=true" : " inline=false");
    });
  }

  bool profile(std::optional<PlanProfile>& counts) const {
    return !counts || m_visit(to_text(*counts), [&] { counts.reset(); });
  }

  const Visit& m_visit;
};

template <class Visit> void visit_elements(Plan& plan, const Visit& visit) {
  Walk<Visit>(visit).all(plan);
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

// At one place: passes that `over` inserts too are taken from there.
void merge_insertions(std::vector<Insertion>& base, const std::vector<Insertion>& over) {
  for (const Insertion& more : over) {
    const auto same = std::find_if(base.begin(), base.end(),
                                   [&](const Insertion& other) { return other.at == more.at; });
    if (same == base.end()) {
      base.push_back(more);
      continue;
    }
    std::erase_if(same->passes, [&](const PassUse& use) {
      return std::any_of(more.passes.begin(), more.passes.end(),
                         [&](const PassUse& other) { return other.pass == use.pass; });
    });
    same->passes.insert(same->passes.end(), more.passes.begin(), more.passes.end());
  }
}

void merge_pipelines(Pipeline& base, const Pipeline& over) {
  merge_skips(base.skip, over.skip);
  merge_insertions(base.insert, over.insert);
  if (!over.simplification.empty()) {
    base.simplification = over.simplification;
  }
  if (!over.optimization.empty()) {
    base.optimization = over.optimization;
  }
  base.polly |= over.polly;
}

void merge_calls(std::vector<CallDecision>& base, const std::vector<CallDecision>& over) {
  std::erase_if(base, [&](const CallDecision& decision) {
    return std::any_of(over.begin(), over.end(), [&](const CallDecision& other) {
      return other.call == decision.call;
    });
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

std::vector<Plan> parts(const Plan& plan) {
  const std::size_t count = elements(plan).size();
  std::vector<Plan> all;
  for (std::size_t kept = 0; kept < count; ++kept) {
    Plan part = plan;
    for (std::size_t i = count; i-- > 0;) {
      if (i != kept) {
        part = without(part, i);
      }
    }
    normalise(part);
    all.push_back(std::move(part));
  }
  return all;
}

bool says_all_of(const Plan& plan, const Plan& other) {
  const std::vector<Plan> said = parts(plan), wanted = parts(other);
  return std::all_of(wanted.begin(), wanted.end(), [&](const Plan& part) {
    return std::find(said.begin(), said.end(), part) != said.end();
  });
}

Plan merge(const Plan& base, const Plan& over) {
  Plan merged = base;
  merge_pipelines(merged.pipeline, over.pipeline);
  merge_settings(merged.params, over.params);
  merge_settings(merged.codegen, over.codegen);
  merge_settings(merged.attrs, over.attrs);
  merge_loops(merged.loops, over.loops);
  merge_calls(merged.calls, over.calls);
  if (over.profile) {
    merged.profile = over.profile;
  }
  normalise(merged);
  return merged;
}

} // namespace autopass
