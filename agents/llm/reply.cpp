// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "reply.h"

#include "agents/json_fields.h"
#include "util/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace autopass::llm {

namespace {

using nlohmann::json;

constexpr std::size_t most_proposals = 8;
constexpr std::size_t most_edits = 64;
constexpr std::size_t most_said_bytes = 128;

// The JSON in a text that may wrap it in a fenced block or in talk.
std::string_view unwrapped(std::string_view text) {
  const std::size_t open = text.find('{');
  const std::size_t close = text.rfind('}');
  return open == std::string_view::npos || close == std::string_view::npos || close < open
             ? std::string_view{}
             : text.substr(open, close - open + 1);
}

std::optional<Value> value_of(const json& edit) {
  const json* value = field(edit, "value");
  if (value == nullptr) {
    return std::nullopt;
  }
  if (value->is_boolean()) {
    return Value(value->get<bool>());
  }
  if (value->is_number()) {
    return Value(number_field(edit, "value", 0, -(1ll << 40), 1ll << 40));
  }
  return value->is_string() ? std::optional(Value(text_field(edit, "value", most_said_bytes)))
                            : std::nullopt;
}

void add_hint(Plan& plan, const json& edit, const Setting& setting) {
  const std::int64_t loop = number_field(edit, "loop", -1, -1, 1 << 20);
  const auto known = std::find_if(plan.loops.begin(), plan.loops.end(),
                                  [&](const LoopHint& hint) { return hint.loop == loop; });
  // Without a hash: repair() fills it in from the evidence, or drops the hint.
  if (known == plan.loops.end()) {
    plan.loops.push_back({loop, {}, {setting}});
  } else {
    known->hints.push_back(setting);
  }
}

void add_edit(Proposal& proposal, const json& edit) {
  const std::optional<Digest> function = Digest::from_hex(text_field(edit, "function", 64));
  const std::string name = text_field(edit, "name", most_said_bytes);
  const std::optional<Value> value = value_of(edit);
  if (!function || name.empty() || !value) {
    return;
  }
  auto plan = std::find_if(proposal.plans.begin(), proposal.plans.end(),
                           [&](const FunctionPlan& one) { return one.function == *function; });
  if (plan == proposal.plans.end()) {
    proposal.plans.push_back({*function, {}});
    plan = proposal.plans.end() - 1;
  }
  const std::string kind = text_field(edit, "kind", 32);
  if (kind == "skip") {
    const auto* text = std::get_if<std::string>(&*value);
    const auto* number = std::get_if<std::int64_t>(&*value);
    const std::int64_t run = number != nullptr ? *number
                             : text != nullptr ? std::strtoll(text->c_str(), nullptr, 10)
                                               : 0;
    plan->plan.pipeline.skip.push_back({name, run});
  } else if (kind == "loops") {
    add_hint(plan->plan, edit, {name, *value});
  } else {
    // Any other kind is read as params; repair() knows where the name belongs.
    std::vector<Setting>& settings = kind == "codegen" ? plan->plan.codegen
                                     : kind == "attrs" ? plan->plan.attrs
                                                       : plan->plan.params;
    settings.push_back({name, *value});
  }
}

Proposal read_proposal(const json& object, const std::string& agent) {
  Proposal proposal;
  proposal.agent = agent;
  proposal.hypothesis = one_line(text_field(object, "hypothesis", 1000), 400);
  if (const json* ratio = field(object, "predicted_ratio");
      ratio != nullptr && ratio->is_number()) {
    proposal.predicted_ratio = ratio->get<double>();
  }
  const json* edits = field(object, "edits");
  if (edits != nullptr && edits->is_array()) {
    for (std::size_t i = 0; i < std::min(edits->size(), most_edits); ++i) {
      add_edit(proposal, (*edits)[i]);
    }
  }
  return proposal;
}

} // namespace

Result<std::vector<Proposal>> read_reply(const std::string& text, const std::string& agent) {
  const json reply = json::parse(unwrapped(text), nullptr, false);
  if (!reply.is_object()) {
    return fail("the model did not answer with JSON: " + one_line(text, 120), {}, "llm-not-json");
  }
  const json* list = field(reply, "proposals");
  if (list == nullptr || !list->is_array()) {
    return fail("the model's JSON has no list of proposals", {}, "llm-malformed");
  }
  std::vector<Proposal> proposals;
  for (std::size_t i = 0; i < std::min(list->size(), most_proposals); ++i) {
    proposals.push_back(read_proposal((*list)[i], agent));
  }
  return proposals;
}

} // namespace autopass::llm
