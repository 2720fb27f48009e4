// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The canonical form: one text for one meaning, so that a digest of the text names the plan.
#include "plan.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace autopass {

namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson to_json(const Value& value) {
  return std::visit([](const auto& content) { return OrderedJson(content); }, value);
}

OrderedJson to_json(const std::vector<Setting>& settings) {
  OrderedJson object = OrderedJson::object();
  for (const Setting& setting : settings) {
    object[setting.name] = to_json(setting.value);
  }
  return object;
}

OrderedJson to_json(const std::vector<Skip>& skips) {
  OrderedJson array = OrderedJson::array();
  for (const Skip& skip : skips) {
    OrderedJson object = {{"pass", skip.pass}};
    if (skip.run != 0) {
      object["run"] = skip.run;
    }
    array.push_back(std::move(object));
  }
  return array;
}

OrderedJson to_json(const std::vector<PassUse>& passes) {
  OrderedJson array = OrderedJson::array();
  for (const PassUse& use : passes) {
    OrderedJson object = {{"pass", use.pass}};
    if (!use.options.empty()) {
      object["options"] = to_json(use.options);
    }
    array.push_back(std::move(object));
  }
  return array;
}

OrderedJson to_json(const std::vector<Insertion>& insertions) {
  OrderedJson array = OrderedJson::array();
  for (const Insertion& insertion : insertions) {
    array.push_back({{"at", insertion.at}, {"passes", to_json(insertion.passes)}});
  }
  return array;
}

OrderedJson to_json(const Pipeline& pipeline) {
  OrderedJson object = OrderedJson::object();
  const auto add = [&](const char* key, const auto& list) {
    if (!list.empty()) {
      object[key] = to_json(list);
    }
  };
  add("skip", pipeline.skip);
  add("insert", pipeline.insert);
  add("simplification", pipeline.simplification);
  add("optimization", pipeline.optimization);
  if (pipeline.polly) {
    object["polly"] = true;
  }
  return object;
}

OrderedJson to_json(const std::vector<CallDecision>& calls) {
  OrderedJson array = OrderedJson::array();
  for (const CallDecision& decision : calls) {
    array.push_back({{"call", decision.call},
                     {"callee", decision.callee.hex()},
                     {"inline", decision.inline_it}});
  }
  return array;
}

OrderedJson to_json(const PlanProfile& profile) {
  return {{"cfg", profile.cfg.hex()}, {"entry", profile.entry}, {"weights", profile.weights}};
}

OrderedJson to_json(const std::vector<LoopHint>& loops) {
  OrderedJson array = OrderedJson::array();
  for (const LoopHint& loop : loops) {
    OrderedJson object = {{"loop", loop.loop}, {"hash", loop.hash.hex()}};
    object.update(to_json(loop.hints));
    array.push_back(std::move(object));
  }
  return array;
}

// Sorted by name; of settings with one name the last one stays.
void normalise(std::vector<Setting>& settings) {
  std::map<std::string, Setting> by_name;
  for (Setting& setting : settings) {
    by_name.insert_or_assign(setting.name, std::move(setting));
  }
  settings.clear();
  for (auto& [name, setting] : by_name) {
    settings.push_back(std::move(setting));
  }
}

void normalise(std::vector<PassUse>& passes) {
  for (PassUse& use : passes) {
    normalise(use.options);
  }
}

void normalise(Pipeline& pipeline) {
  std::sort(pipeline.skip.begin(), pipeline.skip.end());
  pipeline.skip.erase(std::unique(pipeline.skip.begin(), pipeline.skip.end()),
                      pipeline.skip.end());
  std::erase_if(pipeline.insert, [](const Insertion& one) { return one.passes.empty(); });
  std::stable_sort(pipeline.insert.begin(), pipeline.insert.end(),
                   [](const Insertion& left, const Insertion& right) { return left.at < right.at; });
  for (Insertion& insertion : pipeline.insert) {
    normalise(insertion.passes);
  }
  normalise(pipeline.simplification);
  normalise(pipeline.optimization);
}

} // namespace

bool Pipeline::empty() const {
  return skip.empty() && insert.empty() && simplification.empty() && optimization.empty() && !polly;
}

bool Plan::empty() const {
  return pipeline.empty() && params.empty() && codegen.empty() && attrs.empty() && loops.empty() &&
         calls.empty() && !profile;
}

void normalise(Plan& plan) {
  normalise(plan.pipeline);
  normalise(plan.params);
  normalise(plan.codegen);
  normalise(plan.attrs);
  for (LoopHint& loop : plan.loops) {
    normalise(loop.hints);
  }
  std::erase_if(plan.loops, [](const LoopHint& loop) { return loop.hints.empty(); });
  std::sort(plan.loops.begin(), plan.loops.end());
  std::sort(plan.calls.begin(), plan.calls.end());
}

namespace {

// `profile` is its JSON, as it is to be shown.
template <class Profile> std::string print_with(const Plan& plan, const Profile& profile) {
  Plan canonical = plan;
  normalise(canonical);
  OrderedJson json = {{"v", vocabulary_version}};
  const auto add = [&](Kind kind, const auto& part) {
    if (!part.empty()) {
      json[std::string(kind_name(kind))] = to_json(part);
    }
  };
  add(Kind::Pipeline, canonical.pipeline);
  add(Kind::Params, canonical.params);
  add(Kind::Codegen, canonical.codegen);
  add(Kind::Attrs, canonical.attrs);
  add(Kind::Loops, canonical.loops);
  add(Kind::Calls, canonical.calls);
  if (canonical.profile) {
    json[std::string(kind_name(Kind::Profile))] = profile(*canonical.profile);
  }
  // Replaces bytes that are no UTF-8 instead of throwing; validate() has refused such names before.
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

} // namespace

std::string print(const Plan& plan) {
  return print_with(plan, [](const PlanProfile& profile) { return to_json(profile); });
}

std::string print_briefly(const Plan& plan) {
  return print_with(plan, [](const PlanProfile& profile) {
    return OrderedJson{{"cfg", profile.cfg.hex()},
                       {"entry", profile.entry},
                       {"branches", profile.weights.size()},
                       {"digest", digest(profile).hex()}};
  });
}

Plan without_counts(Plan plan) {
  if (plan.profile) {
    plan.profile.reset();
    plan.calls.clear();
  }
  return plan;
}

Digest digest(const Plan& plan) { return hash_text(print(plan)); }

Digest digest(const PlanProfile& profile) {
  Hasher hash;
  hash.digest(profile.cfg).number(profile.entry).number(profile.weights.size());
  for (const std::vector<std::uint32_t>& weights : profile.weights) {
    hash.number(weights.size()).bytes(weights.data(), weights.size() * sizeof weights[0]);
  }
  return hash.finish();
}

} // namespace autopass
