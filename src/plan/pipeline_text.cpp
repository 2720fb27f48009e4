// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pipeline_text.h"

#include <algorithm>

namespace autopass {
namespace {

bool is_loop_pass(const PassUse& use) {
  const AdmittedPass* pass = find_pass(use.pass);
  return pass != nullptr &&
         (pass->level == PassLevel::Loop || pass->level == PassLevel::LoopMssa);
}

// LLVM stops the compile when a manager with a memory graph has a pass that does not keep it.
bool keeps_memory_graph(const PassUse& use) {
  return find_pass(use.pass)->level == PassLevel::LoopMssa || use.pass == "loop-rotate" ||
         use.pass == "loop-simplifycfg" || use.pass == "simple-loop-unswitch";
}

std::string option_text(const Setting& setting) {
  if (const bool* flag = std::get_if<bool>(&setting.value)) {
    return *flag ? setting.name : "no-" + setting.name;
  }
  if (const std::int64_t* number = std::get_if<std::int64_t>(&setting.value)) {
    return setting.name + "=" + std::to_string(*number);
  }
  return std::get<std::string>(setting.value);
}

} // namespace

std::string pass_text(const PassUse& use) {
  const AdmittedPass* pass = find_pass(use.pass);
  if (pass == nullptr) {
    return {};
  }
  std::string options(pass->always);
  for (const Setting& setting : use.options) {
    const Entry* entry = find_option(*pass, setting.name);
    if (entry == nullptr || entry->means != Means::Pass) {
      continue;
    }
    options += options.empty() ? "" : ";";
    options += option_text(setting);
  }
  std::string text(pass->id);
  return options.empty() ? text : text + "<" + options + ">";
}

std::size_t leading_loop_passes(std::span<const PassUse> passes) {
  bool needed = false, kept = true;
  for (std::size_t i = 0; i < passes.size(); ++i) {
    if (!is_loop_pass(passes[i])) {
      return i;
    }
    needed |= needs_memory_graph(passes.subspan(i, 1));
    kept &= keeps_memory_graph(passes[i]);
    if (needed && !kept) {
      return i;
    }
  }
  return passes.size();
}

bool needs_memory_graph(std::span<const PassUse> loop_passes) {
  return std::any_of(loop_passes.begin(), loop_passes.end(), [](const PassUse& use) {
    return find_pass(use.pass)->level == PassLevel::LoopMssa;
  });
}

std::string pipeline_text(std::span<const PassUse> passes) {
  std::string text;
  while (!passes.empty()) {
    text += text.empty() ? "" : ",";
    const auto loop_passes = passes.first(leading_loop_passes(passes));
    if (loop_passes.empty()) {
      text += pass_text(passes.front());
      passes = passes.subspan(1);
      continue;
    }
    text += needs_memory_graph(loop_passes) ? "loop-mssa(" : "loop(";
    for (const PassUse& use : loop_passes) {
      text += (&use == loop_passes.data() ? "" : ",") + pass_text(use);
    }
    text += ")";
    passes = passes.subspan(loop_passes.size());
  }
  return text;
}

} // namespace autopass
