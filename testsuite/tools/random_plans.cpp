// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Prints random valid plans, one "FINGERPRINT PLAN" a line, as make-snapshot reads them:
//
//   random-plans SEED PERCENT [KIND...] < EVIDENCE
//
// EVIDENCE is what the plugin wrote about a file; PERCENT of its functions get a plan, with elements of
// these kinds only (all but profiles). A plan has one to some twenty elements; a number is an end of its range as often as
// not, because that is where things break. What one plan says must hold together, so each element is
// put to the validator and left out again when that refuses the whole. The same seed and evidence
// give the same plans.
#include "random_values.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace autopass;
using nlohmann::json;

namespace {

// A list of what is known of a function; empty where it is not.
json list_of(const json& function, const char* key) {
  const auto found = function.find(key);
  return found != function.end() && found->is_array() ? *found : json::array();
}

Digest digest_of(const json& object, const char* key) {
  return Digest::from_hex(object.at(key).get<std::string>()).value_or(Digest{});
}

void add_hint(Dice& dice, Plan& plan, const json& function, const Setting& setting) {
  const json loops = list_of(function, "loops");
  if (loops.empty()) {
    return;
  }
  const json loop = dice.one_of(loops);
  const std::int64_t number = loop.at("loop").get<std::int64_t>();
  auto hint = std::find_if(plan.loops.begin(), plan.loops.end(),
                           [&](const LoopHint& other) { return other.loop == number; });
  if (hint == plan.loops.end()) {
    plan.loops.push_back({number, digest_of(loop, "hash"), {}});
    hint = plan.loops.end() - 1;
  }
  hint->hints.push_back(setting);
}

void add_call(Dice& dice, Plan& plan, const json& function) {
  if (const json calls = list_of(function, "call_sites"); !calls.empty()) {
    const json call = dice.one_of(calls);
    plan.calls.push_back(
        {call.at("call").get<std::int64_t>(), digest_of(call, "fingerprint"), dice.percent(60)});
  }
}

void add_element(Dice& dice, Plan& plan, Kind kind, const json& function) {
  if (kind == Kind::Pipeline) {
    add_to_pipeline(dice, plan.pipeline);
  } else if (kind == Kind::Calls) {
    add_call(dice, plan, function);
  } else {
    const Setting setting = random_setting(dice, kind);
    switch (kind) {
    case Kind::Params: plan.params.push_back(setting); break;
    case Kind::Codegen: plan.codegen.push_back(setting); break;
    case Kind::Attrs: plan.attrs.push_back(setting); break;
    default: add_hint(dice, plan, function, setting); break;
    }
  }
}

// A kind first, so that the kinds with few entries are not forgotten.
Plan random_plan(Dice& dice, const std::vector<Kind>& kinds, const json& function) {
  Plan plan;
  const std::size_t wanted = 1 + dice.below(dice.percent(50) ? 4 : 20);
  for (std::size_t i = 0; i < wanted; ++i) {
    Plan more = plan;
    add_element(dice, more, dice.one_of(kinds), function);
    if (validate(more)) {
      plan = std::move(more);
    }
  }
  normalise(plan);
  return plan;
}

std::vector<Kind> kinds_of(int count, char** names) {
  std::set<Kind> kinds;
  for (const Entry& entry : vocabulary()) {
    const auto named = [&](const char* name) { return kind_name(entry.kind) == name; };
    if (entry.kind != Kind::Profile &&
        (count == 0 || std::any_of(names, names + count, named))) {
      kinds.insert(entry.kind);
    }
  }
  return {kinds.begin(), kinds.end()};
}

} // namespace

int main(int count, char** arguments) {
  const std::vector<Kind> kinds = kinds_of(std::max(count - 3, 0), arguments + 3);
  if (count < 3 || kinds.empty()) {
    std::fprintf(stderr, "usage: random-plans SEED PERCENT [KIND...] < EVIDENCE\n");
    return 2;
  }
  std::vector<std::string> order; // two equal functions have one plan
  std::map<std::string, json> functions;
  for (std::string line; std::getline(std::cin, line);) {
    const json read = json::parse(line, nullptr, false);
    if (!read.is_object() || !read.contains("fingerprint")) {
      std::fprintf(stderr, "random-plans: no evidence: %s\n", line.substr(0, 80).c_str());
      return 1;
    }
    const std::string fingerprint = read["fingerprint"].get<std::string>();
    const auto [place, is_new] = functions.try_emplace(fingerprint, read);
    if (is_new) {
      order.push_back(fingerprint);
    } else {
      place->second.update(read);
    }
  }
  Dice dice(std::strtoull(arguments[1], nullptr, 10));
  const std::size_t share = std::strtoull(arguments[2], nullptr, 10);
  for (const std::string& fingerprint : order) {
    if (dice.percent(share)) {
      const Plan plan = random_plan(dice, kinds, functions.at(fingerprint));
      std::printf("%s %s\n", fingerprint.c_str(), print(plan).c_str());
    }
  }
  return 0;
}
