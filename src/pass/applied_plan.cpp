// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "applied_plan.h"

#include "tag.h"

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

// A vector width that was asked for lets the loop vectoriser reorder floating-point sums, because a
// pragma that asks for one means that; a plan never does.
bool asks_for_a_width(const Plan& plan) {
  return !plan.loops.empty() ||
         std::any_of(plan.params.begin(), plan.params.end(), [](const Setting& setting) {
           return setting.name == "force-vector-width";
         });
}

bool is_machine_pass(const Setting& setting) {
  const Entry* entry = find_entry(Kind::Codegen, setting.name);
  return entry != nullptr && entry->means == Means::MachinePass;
}

} // namespace

std::vector<Setting> codegen_options(const Plan& plan) {
  std::vector<Setting> options = plan.codegen;
  std::erase_if(options, is_machine_pass);
  return options;
}

// Polly 22.1.8 reorders what it takes for a reduction past writes that it has made of scalars, and the sum is another
// (docs/decisions.md, 2026-11-30; testsuite/ir/polly.sh). A user who has set it has his own way.
const std::vector<Setting>& polly_settings() {
  static const std::vector<Setting> settings = {{"polly-detect-reductions", false}};
  return settings;
}

AppliedPlan::AppliedPlan(Plan content)
    : plan(std::move(content)), params(resolve(plan.params)),
      codegen(resolve(codegen_options(plan))) {
  for (const Setting& setting : plan.codegen) {
    if (is_machine_pass(setting)) {
      machine_skips.push_back(setting.name);
    }
  }
  if (plan.pipeline.polly) {
    for (auto& setting : resolve(polly_settings()).settings) {
      params.settings.push_back(std::move(setting));
    }
  }
  if (!asks_for_a_width(plan)) {
    return;
  }
  OptionSettings guard = resolve({{"hints-allow-reordering", false}});
  if (guard.settings.empty()) { // the user decides about reordering: then a plan asks for no width
    may_ask_for_width = false;
    std::erase_if(params.settings, [](const OptionSettings::One& one) {
      return one.option->ArgStr == "force-vector-width";
    });
    return;
  }
  params.settings.push_back(std::move(guard.settings.front()));
}

bool AppliedPlan::skips(StringRef pass, std::int64_t run) const {
  return std::any_of(plan.pipeline.skip.begin(), plan.pipeline.skip.end(), [&](const Skip& skip) {
    return pass == skip.pass && (skip.run == 0 || skip.run == run);
  });
}

bool AppliedPlan::needs_codegen() const {
  return !codegen.settings.empty() || !machine_skips.empty();
}

const AppliedPlan& AppliedPlans::tag(Function& function, const Plan& plan) {
  const std::string tag = tag_of(plan);
  function.addFnAttr(tag_attribute, tag);
  return m_by_tag.try_emplace(tag, plan).first->second;
}

const AppliedPlan* AppliedPlans::of(const Function& function) const {
  if (m_by_tag.empty()) {
    return nullptr;
  }
  const Attribute attribute = function.getFnAttribute(tag_attribute);
  if (!attribute.isStringAttribute()) {
    return nullptr;
  }
  const StringRef tag = attribute.getValueAsString();
  const auto found = m_by_tag.find(std::string_view(tag.data(), tag.size()));
  return found == m_by_tag.end() ? nullptr : &found->second;
}

} // namespace autopass
