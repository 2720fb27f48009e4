// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan_text.h"

#include "util/text.h"

#include <algorithm>

namespace autopass {
namespace {

std::string sentence(Kind kind, std::string_view name) {
  const Entry* entry = find_entry(kind, name);
  if (entry == nullptr) {
    return {};
  }
  const std::string fallback =
      entry->fallback.empty() ? "" : " (default: " + std::string(entry->fallback) + ")";
  return std::string(entry->what) + fallback;
}

std::string of_pass(const std::string& id) {
  const AdmittedPass* pass = find_pass(id);
  return pass == nullptr ? std::string() : std::string(pass->what);
}

std::string without_pass(const std::string& class_name) {
  const AdmittedPass* pass = find_skippable(class_name);
  return pass == nullptr ? std::string() : std::string(pass->without);
}

std::string place_of(const std::string& point) {
  const InsertionPoint* place = find_insertion_point(point);
  return place == nullptr ? std::string() : std::string(place->what);
}

// The sentences of all elements, in the order of elements().
std::vector<std::string> sentences(const Plan& plan) {
  std::vector<std::string> all;
  for (const Skip& skip : plan.pipeline.skip) {
    all.push_back(without_pass(skip.pass));
  }
  for (const Insertion& insertion : plan.pipeline.insert) {
    for (const PassUse& use : insertion.passes) {
      all.push_back(of_pass(use.pass) + "; " + place_of(insertion.at));
    }
  }
  for (const auto* half : {&plan.pipeline.simplification, &plan.pipeline.optimization}) {
    if (!half->empty()) {
      all.push_back(format("%zu passes instead of the compiler's own", half->size()));
    }
  }
  if (plan.pipeline.polly) {
    all.push_back(sentence(Kind::Pipeline, "polly"));
  }
  for (const auto& [kind, settings] : {std::pair(Kind::Params, &plan.params),
                                       std::pair(Kind::Codegen, &plan.codegen),
                                       std::pair(Kind::Attrs, &plan.attrs)}) {
    for (const Setting& setting : *settings) {
      all.push_back(sentence(kind, setting.name));
    }
  }
  for (const LoopHint& loop : plan.loops) {
    for (const Setting& hint : loop.hints) {
      all.push_back(sentence(Kind::Loops, hint.name));
    }
  }
  for (std::size_t i = 0; i < plan.calls.size(); ++i) {
    all.push_back(sentence(Kind::Calls, "inline"));
  }
  if (plan.profile) {
    all.push_back("which way branches went, as counted in a run");
  }
  return all;
}

// A part of a plan, as elements() says it, without the word in front of each.
std::string listed(const Plan& part, const std::string& prefix) {
  std::vector<std::string> words;
  for (const std::string& element : elements(part)) {
    words.push_back(element.starts_with(prefix) ? element.substr(prefix.size()) : element);
  }
  return join(words, ", ");
}

std::string half(const std::vector<PassUse>& passes, const std::string& name) {
  Plan part;
  (name == "simplification" ? part.pipeline.simplification : part.pipeline.optimization) = passes;
  return passes.empty() ? "the compiler's own" : listed(part, name + " ");
}

} // namespace

std::vector<ElementText> explain_elements(const Plan& plan) {
  const std::vector<std::string> names = elements(plan), what = sentences(plan);
  std::vector<ElementText> texts;
  for (std::size_t i = 0; i < names.size(); ++i) {
    texts.push_back({names[i], i < what.size() ? what[i] : ""});
  }
  return texts;
}

std::vector<StageText> effective_pipeline(const Plan& plan) {
  const Pipeline& pipeline = plan.pipeline;
  std::vector<StageText> stages;
  const auto add = [&](const char* stage, const std::string& what) {
    if (!what.empty()) {
      stages.push_back({stage, what});
    }
  };
  Plan skips, insertions, params, codegen, attrs, loops, calls;
  skips.pipeline.skip = pipeline.skip;
  insertions.pipeline.insert = pipeline.insert;
  params.params = plan.params;
  codegen.codegen = plan.codegen;
  attrs.attrs = plan.attrs;
  loops.loops = plan.loops;
  calls.calls = plan.calls;
  add("attributes", listed(attrs, "attrs "));
  add("profile", plan.profile ? "branch weights and entry count from a run" : "");
  add("calls", listed(calls, "calls "));
  add("simplification", pipeline.polly ? "kept out of line; polly, then the compiler's own"
                                       : half(pipeline.simplification, "simplification"));
  add("optimization", half(pipeline.optimization, "optimization"));
  add("left out", listed(skips, "skip "));
  add("inserted", listed(insertions, "insert "));
  add("loops", listed(loops, "loops "));
  add("parameters", listed(params, "params "));
  add("code generation", plan.codegen.empty() ? "the compiler's own" : listed(codegen, "codegen "));
  return stages;
}

} // namespace autopass
