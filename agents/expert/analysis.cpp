// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Analysis: from a function's evidence to a short list of normalised, specific observations.
// Precise remarks help whoever reasons about them, vague ones are worse than none, so a remark is
// kept only if the table below knows what it means; the rest is dropped. The same observation is
// made once.
//
//   loop-vectorize / missed / UnsafeDep  "unsafe dependent memory operations ..."
//        -> {"not-vectorised", "unsafe dependence between memory accesses"}
//   loop 2: innermost, 40 instructions, 5 branches, trip count unknown
//        -> {"branchy-loop", "loop 2: 5 branches in 40 instructions", 2}, {"unknown-trip-count",
//        ...}
#include "agents/guard.h"
#include "agents/json_fields.h"
#include "findings.h"
#include "util/text.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace autopass {

namespace {

constexpr auto finding_table = std::to_array<FindingName>({
    {"not-vectorised", "a loop was not vectorised, and why"},
    {"vectorised", "a loop was vectorised, with its width and interleave count"},
    {"slp-vectorised", "straight-line code was turned into vector code"},
    {"slp-not-beneficial", "straight-line vector code was possible and judged too dear"},
    {"unrolled", "a loop was unrolled, with the factor"},
    {"fully-unrolled", "a loop was unrolled completely and is gone"},
    {"peeled", "iterations were peeled off a loop"},
    {"short-trip-count", "a loop runs at most 16 times, known at compile time"},
    {"known-trip-count", "a loop's trip count is known at compile time"},
    {"unknown-trip-count", "an innermost loop's trip count is known at run time only"},
    {"nested-loop", "loops in loops"},
    {"reduction", "an innermost loop that loads and does not store: it accumulates or searches"},
    {"branchy-loop", "an innermost loop with branches beyond its own exit"},
    {"branchy", "much control flow outside loops"},
    {"select-heavy", "two or more selects, which become conditional moves or branches"},
    {"switch-in-loop", "a switch in a function with loops: a dispatcher or a state machine"},
    {"calls-in-hot-loop", "an innermost loop that calls"},
    {"table-lookup", "an innermost integer loop with dependent loads of small elements"},
    {"floating-loop", "an innermost loop on floating-point values"},
    {"integer-loop", "an innermost loop on integers"},
    {"large-loop-body", "an innermost loop of 60 or more instructions"},
    {"inlined", "a callee with code of its own was inlined into this function"},
    {"not-inlined", "a call stayed because its cost was over the threshold"},
    {"spills", "values are spilled to the stack"},
    {"loads-not-eliminated", "loads stay because something may have written in between"},
    {"load-pre", "a load was moved onto the paths where it was not redundant"},
    {"promoted", "memory was kept in a register across a loop"},
    {"idiom", "a loop became a call of memset or memcpy"},
    {"constant-time", "named like code that must not branch on its data"},
});

struct RemarkRule {
  std::string_view pass, name;
  std::string_view finding;
  std::string_view detail; // empty: the remark's own message
};

// Names as LLVM 22 prints them.
constexpr auto remark_rules = std::to_array<RemarkRule>({
    {"loop-vectorize", "UnsafeDep", "not-vectorised", "unsafe dependence between memory accesses"},
    {"loop-vectorize", "UnsafeMemDep", "not-vectorised",
     "unsafe dependence between memory accesses"},
    {"loop-vectorize", "CantReorderMemOps", "not-vectorised",
     "memory accesses cannot be reordered"},
    {"loop-vectorize", "CantReorderFPOps", "not-vectorised",
     "floating-point operations cannot be reordered"},
    {"loop-vectorize", "CantIdentifyArrayBounds", "not-vectorised", "array bounds are not known"},
    {"loop-vectorize", "CantCheckMemDepsAtRunTime", "not-vectorised",
     "overlap cannot be checked at run time"},
    {"loop-vectorize", "TooManyMemoryRuntimeChecks", "not-vectorised", "too many overlap checks"},
    {"loop-vectorize", "CantVersionLoopWithOptForSize", "not-vectorised", "optimised for size"},
    {"loop-vectorize", "NonReductionValueUsedOutsideLoop", "not-vectorised",
     "a value that is no reduction is used after the loop"},
    {"loop-vectorize", "NoCFGForSelect", "not-vectorised", "control flow does not become a select"},
    {"loop-vectorize", "CFGNotUnderstood", "not-vectorised", "control flow is not understood"},
    {"loop-vectorize", "LoopContainsSwitch", "not-vectorised", "the loop contains a switch"},
    {"loop-vectorize", "LoopContainsUnsupportedSwitch", "not-vectorised",
     "the loop contains a switch"},
    {"loop-vectorize", "CantVectorizeCall", "not-vectorised", "the loop calls"},
    {"loop-vectorize", "CantVectorizeLibcall", "not-vectorised", "the loop calls"},
    {"loop-vectorize", "CantComputeNumberOfIterations", "not-vectorised",
     "the number of iterations is not known before the loop"},
    {"loop-vectorize", "UnsupportedUncountableLoop", "not-vectorised",
     "the number of iterations is not known before the loop"},
    {"loop-vectorize", "TooManyUncountableEarlyExits", "not-vectorised",
     "the loop has several early exits"},
    {"loop-vectorize", "NoInductionVariable", "not-vectorised", "the loop has no counter"},
    {"loop-vectorize", "VectorizationNotBeneficial", "not-vectorised", "judged not worth it"},
    {"loop-vectorize", "InterleavingNotBeneficial", "not-vectorised", "judged not worth it"},
    {"loop-vectorize", "CantVectorizeInstruction", "not-vectorised",
     "an instruction has no vector form"},
    {"loop-vectorize", "Vectorized", "vectorised", ""},
    {"loop-vectorize", "Interleaved", "vectorised", ""},
    {"slp-vectorizer", "VectorizedList", "slp-vectorised", ""},
    {"slp-vectorizer", "VectorizedHorizontalReduction", "slp-vectorised", ""},
    {"slp-vectorizer", "StoresVectorized", "slp-vectorised", ""},
    {"slp-vectorizer", "NotBeneficial", "slp-not-beneficial", ""},
    {"slp-vectorizer", "HorSLPNotBeneficial", "slp-not-beneficial", ""},
    {"loop-unroll", "PartialUnrolled", "unrolled", ""},
    {"loop-unroll", "FullyUnrolled", "fully-unrolled", ""},
    {"loop-unroll", "Peeled", "peeled", ""},
    {"gvn", "LoadClobbered", "loads-not-eliminated", ""},
    {"gvn", "LoadPRE", "load-pre", "loads on some paths, so that later ones find them"},
    {"licm", "PromoteLoopAccessesToScalar", "promoted", "loads and stores left the loop"},
    {"loop-idiom", "ProcessLoopStridedStore", "idiom", "a filling loop became memset"},
    {"loop-idiom", "ProcessLoopStoreOfLoopLoad", "idiom", "a copying loop became memcpy"},
});

constexpr std::size_t most_findings = 64;
constexpr std::size_t most_described = 16; // innermost loops that are described, the largest first

class Collector {
public:
  void add(std::string_view name, std::string detail, int loop = -1) {
    Finding finding{std::string(name), one_line(detail, 160), loop};
    const bool known = std::any_of(m_findings.begin(), m_findings.end(), [&](const Finding& f) {
      return f.name == finding.name && f.detail == finding.detail && f.loop == finding.loop;
    });
    if (!known && m_findings.size() < most_findings) {
      m_findings.push_back(std::move(finding));
    }
  }
  std::vector<Finding> take() { return std::move(m_findings); }

private:
  std::vector<Finding> m_findings;
};

void describe_loop(const LoopEvidence& loop, Collector& found) {
  const auto add = [&](const char* name, const std::string& detail) {
    found.add(name, format("loop %d: %s", loop.loop, detail.c_str()), loop.loop);
  };
  if (loop.trip_count == 0) {
    add("unknown-trip-count", "known at run time only");
  } else if (loop.trip_count <= 16) {
    add("short-trip-count", format("%ld iterations", loop.trip_count));
  } else {
    add("known-trip-count", format("%ld iterations", loop.trip_count));
  }
  if (loop.depth > 1) {
    add("nested-loop", format("depth %d", loop.depth));
  }
  if (loop.branches > 1) {
    add("branchy-loop", format("%d branches in %d instructions", loop.branches, loop.instructions));
  }
  if (loop.selects > 1) {
    add("select-heavy", format("%d selects in %d instructions", loop.selects, loop.instructions));
  }
  if (loop.calls > 0) {
    add("calls-in-hot-loop", format("%d calls", loop.calls));
  }
  if (loop.stores == 0 && loop.loads > 0 && loop.calls == 0) {
    add("reduction", format("%d loads, no stores", loop.loads));
  }
  if (!loop.floating && loop.loads >= 2 && loop.element_bits > 0 && loop.element_bits <= 32) {
    add("table-lookup", format("%d loads of up to %d bits", loop.loads, loop.element_bits));
  }
  add(loop.floating ? "floating-loop" : "integer-loop",
      format("%d instructions, %d loads, %d stores", loop.instructions, loop.loads, loop.stores));
  if (loop.instructions >= 60) {
    add("large-loop-body", format("%d instructions", loop.instructions));
  }
}

void describe_function(const FunctionEvidence& evidence, Collector& found) {
  if (evidence.switches > 0 && !evidence.loops.empty()) {
    found.add("switch-in-loop",
              format("%d switches, %zu loops", evidence.switches, evidence.loops.size()));
  }
  if (evidence.selects > 1) {
    found.add("select-heavy", format("%d selects before optimisation", evidence.selects));
  }
  if (evidence.branches >= 8) {
    found.add("branchy", format("%d branches in %d blocks", evidence.branches, evidence.blocks));
  }
  if (looks_constant_time(evidence.function)) {
    found.add("constant-time", "its name says so: no select or branch levers");
  }
}

// "vectorised" carries width and interleave, "unrolled" the factor: numbers that rules start from.
std::string detail_of(const RemarkRule& rule, const Remark& remark) {
  if (!rule.detail.empty()) {
    return std::string(rule.detail);
  }
  if (rule.finding == "vectorised") {
    return format("width %ld, interleave %ld",
                  number_in(remark, "VectorizationFactor").value_or(1),
                  number_in(remark, "InterleaveCount").value_or(1));
  }
  if (rule.finding == "unrolled") {
    return format("by %ld", number_in(remark, "UnrollCount").value_or(0));
  }
  if (rule.finding == "fully-unrolled") {
    return format("%ld iterations", number_in(remark, "UnrollCount").value_or(0));
  }
  if (rule.finding == "loads-not-eliminated") {
    return "something may have written in between";
  }
  return remark.message;
}

void describe_remark(const Remark& remark, Collector& found) {
  for (const RemarkRule& rule : remark_rules) {
    if (rule.pass != remark.pass || rule.name != remark.name) {
      continue;
    }
    found.add(rule.finding, detail_of(rule, remark));
  }
}

void describe_inlining(const InliningDecision& decision, Collector& found) {
  const std::string& callee = decision.callee;
  if (decision.inlined) {
    found.add("inlined", callee);
  } else if (decision.cost && decision.threshold && *decision.cost >= *decision.threshold) {
    found.add("not-inlined", format("%s: cost %ld, threshold %ld", callee.c_str(), *decision.cost,
                                    *decision.threshold));
  }
}

class ExpertAnalysis final : public Analysis {
public:
  std::vector<Finding> analyse(const Subject& subject) override {
    Collector found;
    describe_function(subject.evidence, found);
    for (const Remark& remark : subject.evidence.remarks) {
      describe_remark(remark, found);
    }
    for (const InliningDecision& decision : subject.evidence.inlining) {
      describe_inlining(decision, found);
    }
    if (subject.evidence.spills > 0) {
      found.add("spills", format("%d spills, %d reloads", subject.evidence.spills,
                                 subject.evidence.reloads));
    }
    for (const LoopEvidence* loop : hot_loops(subject.evidence, most_described)) {
      describe_loop(*loop, found);
    }
    return found.take();
  }
};

} // namespace

std::span<const FindingName> finding_names() {
  return finding_table;
}

std::vector<const LoopEvidence*> hot_loops(const FunctionEvidence& evidence, std::size_t most) {
  std::vector<const LoopEvidence*> loops;
  for (const LoopEvidence& loop : evidence.loops) {
    if (loop.innermost) {
      loops.push_back(&loop);
    }
  }
  std::sort(loops.begin(), loops.end(), [](const LoopEvidence* left, const LoopEvidence* right) {
    return std::tuple(-left->depth, -left->instructions, left->loop) <
           std::tuple(-right->depth, -right->instructions, right->loop);
  });
  loops.resize(std::min(loops.size(), most));
  return loops;
}

bool has_finding(const std::vector<Finding>& findings, std::string_view name) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.name == name; });
}

std::unique_ptr<Analysis> make_expert_analysis() {
  return std::make_unique<ExpertAnalysis>();
}

} // namespace autopass
