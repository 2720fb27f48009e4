// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// With -flto a compile runs the first part of the pipeline and the link the rest:
//
//                thin                                 full
//   compile      simplification half                  both halves
//   link         simplification once more, on what    parts of both once more, on the whole program,
//                was imported, too; the second half;  in one thread; the back end
//                the back end: in threads
//
// In a compile all kinds of elements act as ever. A link has other manners: its threads share the options of
// the process, so nothing may be set there for one function alone; nothing is checked after its passes; and when it
// crashes it can only begin again without the link's part (second_start.h), because what it reads is planned already.
// What is left is what LLVM's users do themselves: hints on loops, which are pragmas, and leaving out optional
// passes, which is -opt-bisect-limit. Everything else that would have to act in the link is left out, and counted:
//
//   codegen                                       the back end is the link's
//   the attributes optsize, minsize               a link inlines from other files, where a loop may have a
//                                                 pragma that they forbid to follow: a warning of ours
//   the attribute no-jump-tables                  a link's callers take it over with what they inline
//   thin: optimization, polly, vectorizer-*,      the second half is the link's
//   parameters of the vectorisers
//   thin: a vector width, "vectorize": true       needs an option (plugin.md: no plan changes
//                                                 floating-point results)
//
// A single run of a pass is left out in the compile, where runs are counted; every run of it in both.
//
// The link's part goes with the function, as an attribute that holds its JSON. So the link needs neither snapshot nor
// slice (lld reads its -mllvm options before it loads the plugin, and would not know ours), the bitcode says what
// it is to become, and a cache of ThinLTO objects, which is keyed by it, tells plans apart. Such an
// attribute means nothing to LLVM: a link without the plugin ignores it.
#include "lto.h"

#include "loops.h"
#include "plan/vocabulary.h"

#include <llvm/Config/llvm-config.h>
#include <llvm/IR/Attributes.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

constexpr StringRef note = "autopass-link";

// Takes out of the plan what a link cannot do with loops.
std::size_t drop_widths(std::vector<LoopHint>& loops) {
  std::size_t dropped = 0;
  for (LoopHint& loop : loops) {
    dropped += std::erase_if(loop.hints, asks_for_width);
  }
  std::erase_if(loops, [](const LoopHint& loop) { return loop.hints.empty(); });
  return dropped;
}

// Those of the vectorisers; most others are read in both halves.
bool is_of_second_half(const Setting& parameter) {
  const Entry* entry = find_entry(Kind::Params, parameter.name);
  return entry != nullptr &&
         (entry->source.starts_with("Vectorize/") || entry->source == "Analysis/LoopAccessAnalysis.cpp");
}

bool is_of_second_half(const Insertion& insertion) {
  return insertion.at.starts_with("vectorizer-");
}

void move_second_half(PlanPhases& phases) {
  Pipeline& pipeline = phases.compile.pipeline;
  phases.link.loops = std::move(phases.compile.loops);
  phases.compile.loops.clear();
  phases.left_out += drop_widths(phases.link.loops);
  phases.left_out += std::erase_if(phases.compile.params, [](const Setting& parameter) { return is_of_second_half(parameter); });
  phases.left_out += pipeline.optimization.size() + (pipeline.polly ? 1 : 0);
  pipeline.optimization.clear();
  pipeline.polly = false;
  for (const Insertion& insertion : pipeline.insert) {
    phases.left_out += is_of_second_half(insertion) ? insertion.passes.size() : 0;
  }
  std::erase_if(pipeline.insert, [](const Insertion& insertion) { return is_of_second_half(insertion); });
}

} // namespace

// As clang marks it before the first pass.
Lto lto_of(const Module& module) {
  if (module.getModuleFlag("UnifiedLTO") != nullptr) {
    return Lto::Other;
  }
  if (module.getModuleFlag("ThinLTO") != nullptr) { // it says "no"
    return LLVM_VERSION_MAJOR >= 22 ? Lto::Full : Lto::Other;
  }
  if (module.getModuleFlag("EnableSplitLTOUnit") != nullptr) {
    return LLVM_VERSION_MAJOR >= 22 ? Lto::Thin : Lto::Other;
  }
  return Lto::None;
}

PlanPhases phases_of(Plan plan, Lto lto) {
  PlanPhases phases{std::move(plan), {}, 0};
  if (lto == Lto::None) {
    return phases;
  }
  phases.left_out = phases.compile.codegen.size();
  phases.left_out += std::erase_if(phases.compile.attrs, [](const Setting& attribute) {
    return is_left_out_of_lto(attribute.name);
  });
  phases.compile.codegen.clear();
  for (const Skip& skip : phases.compile.pipeline.skip) {
    if (skip.run == 0) {
      phases.link.pipeline.skip.push_back(skip);
    }
  }
  if (lto == Lto::Thin) {
    move_second_half(phases);
  }
  return phases;
}

void note_for_link(Function& function, const Plan& plan) {
  if (!plan.empty()) {
    function.addFnAttr(note, print(plan));
  }
}

StringRef noted_text(const Function& function) {
  const Attribute attribute = function.getFnAttribute(note);
  return attribute.isStringAttribute() ? attribute.getValueAsString() : StringRef();
}

// Bitcode comes from anywhere: what it says is read like any other plan, and once more cut down.
std::optional<Plan> noted_for_link(const Function& function) {
  const StringRef text = noted_text(function);
  auto plan = parse_by_hand({text.data(), text.size()}); // whose hints may be for whatever loop is there
  if (!plan) {
    return std::nullopt;
  }
  Plan rest;
  rest.loops = std::move(plan->loops);
  drop_widths(rest.loops);
  rest.pipeline.skip = std::move(plan->pipeline.skip);
  std::erase_if(rest.pipeline.skip, [](const Skip& skip) { return skip.run != 0; });
  return rest;
}

} // namespace autopass
