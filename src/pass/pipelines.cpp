// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang's -O pipeline works on a function in two halves. The simplification half runs in the walk
// over the call graph, callees first: the inliner works on a component, then the half on each of its
// functions. The optimisation half runs once for each function when the walk is over.
//
//   component {f}   inliner                   as without a plan: callees are simplified already
//                   [cgscc-late]              insertions; the plan's half, if it has one
//                   default half on f         each of its passes is left out then
//   ...
//   optimizer-early                           from here on the optimisation half
//   f               float2int ...             each pass is left out if the plan has a half
//                   [vectorizer-start]        insertions, polly, the plan's half
//                   rotate, vectorise ...     left out, too
//   optimizer-last
//
// So the plan's half stands where the default's stands, callers inline what it made, and the walk's
// own book-keeping sees the changes, because it is an ordinary adaptor that runs our passes. Nothing
// is left out for a function without such a plan.
//
// Passes of ours are asked for by the same pass manager as all others: m_running tells them apart.
#include "pipelines.h"

#include "applied_plan.h"
#include "llvm_compat.h"
#include "option_values.h"
#include "tag.h"

namespace autopass {

using namespace llvm;

namespace {

bool replaces(const Pipeline& pipeline, const InsertionPoint& point) {
  return (point.half == simplifies && !pipeline.simplification.empty()) ||
         (point.half == optimises && !pipeline.optimization.empty());
}

} // namespace

void Pipelines::begin(PassBuilder& host, OptimizationLevel level, PipelineBuilder::Hook hints) {
  m_host = &host;
  m_level = level;
  m_hints = std::move(hints);
}

std::optional<FunctionCount> Pipelines::prepare(const Plan& plan) {
  const Pipeline& pipeline = plan.pipeline;
  if (pipeline.insert.empty() && pipeline.simplification.empty() &&
      pipeline.optimization.empty() && !pipeline.polly) {
    return std::nullopt;
  }
  const auto [place, is_new] = m_by_tag.try_emplace(tag_of(plan));
  if (is_new) {
    auto built = std::make_unique<Built>();
    if (const auto reason = build(pipeline, *built)) {
      m_by_tag.erase(place);
      return reason;
    }
    place->second = std::move(built);
  }
  return std::nullopt;
}

std::optional<FunctionCount> Pipelines::build(const Pipeline& pipeline, Built& built) {
  if (m_builder == nullptr) {
    m_builder = std::make_unique<PipelineBuilder>();
  }
  for (const Insertion& insertion : pipeline.insert) {
    const InsertionPoint* point = find_insertion_point(insertion.at);
    if (insertion.at == "vectorizer-end" && !has_vectorizer_end) {
      return FunctionCount::PassUnknown;
    }
    if (replaces(pipeline, *point)) {
      continue; // such a place is not there any more
    }
    if (point->level == PassLevel::Loop) {
      auto passes = m_builder->loops(insertion.passes);
      if (!passes) {
        return FunctionCount::PassUnknown;
      }
      built.at_loops.emplace(insertion.at, std::move(*passes));
      continue;
    }
    auto passes = m_builder->functions(insertion.passes);
    if (!passes) {
      return FunctionCount::PassUnknown;
    }
    built.at.emplace(insertion.at, std::move(*passes));
  }
  const auto make = [&](const std::vector<PassUse>& half, auto& place, const auto& hook) {
    place = half.empty() ? std::nullopt : m_builder->functions(half, hook);
    return half.empty() || place.has_value();
  };
  if (!make(pipeline.simplification, built.simplification, PipelineBuilder::Hook()) ||
      !make(pipeline.optimization, built.optimization, m_hints)) {
    return FunctionCount::PassUnknown;
  }
  return pipeline.polly ? build_polly(built) : std::nullopt;
}

std::optional<FunctionCount> Pipelines::build_polly(Built& built) {
  FunctionPassManager passes;
  llvm::Error error = m_host->parsePassPipeline(passes, "polly");
  if (error || !has_options(polly_settings())) {
    consumeError(std::move(error));
    return FunctionCount::PollyMissing;
  }
  passes.addPass(m_builder->simplification(m_level));
  built.polly = std::move(passes);
  return std::nullopt;
}

Pipelines::Built* Pipelines::find(const Function& function) const {
  if (m_by_tag.empty()) {
    return nullptr;
  }
  const StringRef tag = function.getFnAttribute(tag_attribute).getValueAsString();
  const auto found = m_by_tag.find(std::string_view(tag.data(), tag.size()));
  return found == m_by_tag.end() ? nullptr : found->second.get();
}

PreservedAnalyses Pipelines::run(FunctionPassManager& passes, Function& function,
                                 FunctionAnalysisManager& analyses) {
  ++m_running;
  PreservedAnalyses preserved = passes.run(function, analyses);
  --m_running;
  return preserved;
}

PreservedAnalyses Pipelines::run_at(StringRef point, Function& function,
                                    FunctionAnalysisManager& analyses) {
  Built* built = find(function);
  if (built == nullptr) {
    return PreservedAnalyses::all();
  }
  const auto found = built->at.find(std::string_view(point));
  return found == built->at.end() ? PreservedAnalyses::all()
                                  : run(found->second, function, analyses);
}

PreservedAnalyses Pipelines::run_at(StringRef point, Loop& loop, LoopAnalysisManager& analyses,
                                    LoopStandardAnalysisResults& standard, LPMUpdater& updater) {
  Built* built = find(*loop.getHeader()->getParent());
  if (built == nullptr) {
    return PreservedAnalyses::all();
  }
  const auto found = built->at_loops.find(std::string_view(point));
  if (found == built->at_loops.end()) {
    return PreservedAnalyses::all();
  }
  ++m_running;
  PreservedAnalyses preserved = found->second.run(loop, analyses, standard, updater);
  --m_running;
  return preserved;
}

bool Pipelines::acts_in_front_of_simplification(const Function& function) const {
  const Built* built = find(function);
  return built != nullptr && (built->simplification || built->at.count("cgscc-late") != 0);
}

bool Pipelines::replaces_optimization(const Function& function) const {
  const Built* built = find(function);
  return built != nullptr && built->optimization;
}

PreservedAnalyses Pipelines::simplify(Function& function, FunctionAnalysisManager& analyses) {
  Built* built = find(function);
  if (built == nullptr) {
    return PreservedAnalyses::all();
  }
  PreservedAnalyses preserved = run_at("cgscc-late", function, analyses);
  analyses.invalidate(function, preserved);
  if (built->simplification) {
    preserved.intersect(run(*built->simplification, function, analyses));
    // As behind the default half: what callers ask about the function is worked out anew.
    analyses.invalidate(function, PreservedAnalyses::none());
  }
  return preserved;
}

PreservedAnalyses Pipelines::optimise(Function& function, FunctionAnalysisManager& analyses) {
  Built* built = find(function);
  if (built == nullptr) {
    return PreservedAnalyses::all();
  }
  PreservedAnalyses preserved = run_at("vectorizer-start", function, analyses);
  for (auto* passes : {&built->polly, &built->optimization}) {
    if (*passes) {
      analyses.invalidate(function, preserved);
      preserved.intersect(run(**passes, function, analyses));
    }
  }
  return preserved;
}

bool Pipelines::leaves_out(const Function& function) const {
  if (m_running > 0 || (m_components == 0 && !m_optimising)) {
    return false;
  }
  const Built* built = find(function);
  return built != nullptr && (m_components > 0 ? built->simplification : built->optimization);
}

} // namespace autopass
