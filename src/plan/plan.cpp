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

} // namespace

bool Plan::empty() const {
  return params.empty() && codegen.empty() && attrs.empty() && skip.empty() && loops.empty();
}

void normalise(Plan& plan) {
  normalise(plan.params);
  normalise(plan.codegen);
  normalise(plan.attrs);
  std::sort(plan.skip.begin(), plan.skip.end());
  plan.skip.erase(std::unique(plan.skip.begin(), plan.skip.end()), plan.skip.end());
  for (LoopHint& loop : plan.loops) {
    normalise(loop.hints);
  }
  std::erase_if(plan.loops, [](const LoopHint& loop) { return loop.hints.empty(); });
  std::sort(plan.loops.begin(), plan.loops.end());
}

std::string print(const Plan& plan) {
  Plan canonical = plan;
  normalise(canonical);
  OrderedJson json = {{"v", vocabulary_version}};
  const auto add = [&](Kind kind, const auto& part) {
    if (!part.empty()) {
      json[std::string(kind_name(kind))] = to_json(part);
    }
  };
  add(Kind::Params, canonical.params);
  add(Kind::Codegen, canonical.codegen);
  add(Kind::Skip, canonical.skip);
  add(Kind::Attrs, canonical.attrs);
  add(Kind::Loops, canonical.loops);
  // Replaces bytes that are no UTF-8 instead of throwing; validate() has refused such names before.
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

Digest digest(const Plan& plan) { return hash_text(print(plan)); }

} // namespace autopass
