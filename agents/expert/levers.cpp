// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expert's levers. Priors come from measured portfolios (whole-program settings on 54 programs,
// docs/agents.md): each of these loses on about as many programs as it wins on, so a prior orders
// the search and decides nothing. Know the sign of a knob: the cmov *converter* turns conditional
// moves into branches, so switching it off keeps them (unpredictable data); phi folding 0 keeps
// branches (predictable data).
#include "levers.h"

#include <algorithm>
#include <array>

namespace autopass {

namespace {

using namespace trait;
using enum Family;
constexpr Kind P = Kind::Params, C = Kind::Codegen, S = Kind::Pipeline, A = Kind::Attrs,
               L = Kind::Loops;

constexpr auto table = std::to_array<Lever>({
    // The portfolio, the best first.
    {A, "tune-cpu", "{cpu}", 3.0, Tune, 0, always, loop,
     "costs and schedules of the machine that the binary is for replace generic ones"},
    {C, "x86-cmov-converter", "false", 2.6, Choice, +1, selects | branchy, selects,
     "conditional moves stay, so unpredictable data costs no mispredicted branch"},
    {P, "unroll-count", "4", 2.2, Unroll, +1, loop, runtime,
     "four iterations share one loop test and run side by side", deep}, // which multiplies through a nest
    {P, "two-entry-phi-node-folding-threshold", "0", 2.1, Choice, -1, selects | branchy, branchy,
     "small ifs stay branches, so predictable data breaks no dependence chain"},
    {S, "LoopFullUnrollPass", "0", 1.7, FullUnroll, -1, counted | unrolled, nested,
     "short loops stay loops, so the vectoriser and the instruction cache see them"},
    {P, "unroll-count", "2", 1.6, Unroll, +1, loop, runtime,
     "two iterations share one loop test without much code"},
    {S, "LoopVectorizePass", "0", 1.6, Width, -1, vectorised, counted,
     "short or irregular loops run faster scalar than through vector set-up and remainder"},
    {S, "SLPVectorizerPass", "0", 1.7, Slp, -1, slp, slp,
     "packing scalars into vectors costs more here than it saves"},
    {P, "unroll-count", "8", 1.5, Unroll, +1, loop, runtime,
     "eight iterations share one loop test", deep},
    {S, "LoopUnrollPass", "0", 1.5, Unroll, -1, loop, unrolled | branchy,
     "compact loops fit the decoded-instruction cache"},
    {P, "force-vector-interleave", "1", 1.4, Interleave, -1, vectorised | loop, vectorised,
     "no interleaving: fewer live registers and a shorter remainder"},
    {P, "force-vector-interleave", "4", 1.4, Interleave, +1, vectorised | loop,
     vectorised | floating, "four chains in flight hide the latency of the operations"},
    {P, "enable-load-pre", "false", 1.1, Loads, -1, loads | load_pre, load_pre | branchy,
     "loads stay where they are used, so loop-carried copies and registers go away"},
    {C, "pre-RA-sched", "list-ilp", 1.3, Schedule, 0, loop, floating | large,
     "instructions leave selection ordered for parallelism"},
    {C, "loop-reduce", "false", 1.3, Addresses, -1, loop, loads,
     "addresses in the loop keep the form of the source instead of many running pointers"},
    {A, "noinline", "true", 1.3, Inline, -1, callee, nested,
     "kept out of its caller the kernel is optimised and allocated registers on its own"},
    {C, "x86-cmov-converter-force-all", "true", 1.2, Choice, -1, selects | branchy, selects,
     "predictable choices become branches, which are guessed instead of waited for"},
    {P, "unroll-runtime", "false", 1.2, Unroll, -1, runtime, branchy | unrolled,
     "loops of unknown length are not unrolled: no remainder loop for short runs"},
    {P, "two-entry-phi-node-folding-threshold", "16", 1.1, Choice, +1, branchy | selects, branchy,
     "more small ifs become selects, so unpredictable data mispredicts less"},
    {P, "force-vector-width", "4", 1.1, Width, 0, vectorised | not_vectorised, vectorised,
     "four lanes instead of the width that the cost model chose"},
    {P, "inline-instr-cost", "2", 1.1, Inline, +1, calls, calls,
     "calls that were just too dear are inlined"},
    {C, "enable-ext-tsp-block-placement", "true", 1.0, Layout, 0, branchy | switches, large,
     "blocks are ordered for fall-through and instruction cache"},
    {P, "unroll-full-max-count", "0", 1.0, FullUnroll, -1, counted | unrolled, nested,
     "loops with a known trip count stay loops"},
    {S, "InlinerPass", "0", 1.0, Inline, -1, inlined, large,
     "its callees stay out of line, so the rest of the function keeps its registers"},
    {A, "prefer-vector-width", "256", 0.9, Width, 0, vectorised, floating,
     "256-bit vectors where the instruction set has them"},
    {P, "partial-unrolling-threshold", "400", 0.9, Unroll, +1, loop, counted,
     "larger loops may be unrolled partly"},
    {P, "force-vector-width", "8", 0.9, Width, +1, vectorised | not_vectorised, vectorised,
     "eight lanes instead of the width that the cost model chose"},
    {C, "misched-prera-direction", "topdown", 0.9, Schedule, 0, loop, large,
     "scheduling from the top starts long operations early"},
    {C, "enable-misched", "false", 0.9, Schedule, -1, loop, spills | large,
     "instructions keep the order of selection, with fewer spills or later loads"},
    {P, "unroll-threshold", "1000", 0.8, FullUnroll, +1, counted, nested,
     "more short loops disappear completely"},
    {P, "simplifycfg-sink-common", "false", 0.8, Branches, 0, branchy | switches, switches,
     "paths keep their own copies instead of meeting in one shared block"},
    {P, "simplifycfg-hoist-common", "false", 0.7, Branches, 0, branchy, branchy,
     "both sides of a branch keep what they begin with"},
    {A, "no-jump-tables", "true", 0.8, Switches, -1, switches, switches,
     "comparisons are predicted one by one, an indirect jump is not"},
    {C, "tail-dup-placement-aggressive-threshold", "12", 0.8, Layout, +1, switches | branchy,
     switches, "each path of the dispatcher gets its own jump, which is predicted on its own"},
    {C, "tail-dup-size", "12", 0.7, Layout, +1, switches | branchy, switches,
     "small blocks are copied into their predecessors: fewer jumps"},
    {P, "jump-threading-threshold", "20", 0.7, Branches, 0, branchy | switches, switches,
     "more decided branches are skipped"},
    {P, "jump-threading-across-loop-headers", "true", 0.7, Branches, 0, branchy | switches,
     switches, "a state machine jumps straight to its next state"},
    {S, "JumpThreadingPass", "0", 0.6, Branches, 0, branchy, loop,
     "loops keep their shape, with one latch and one header"},
    {S, "SpeculativeExecutionPass", "0", 0.4, Branches, 0, branchy, branchy,
     "nothing is computed ahead of a branch that may not need it"},
    {S, "LoopIdiomRecognizePass", "0", 0.8, LoopShape, 0, idiom, idiom,
     "short copies and fills stay inline instead of calling memcpy or memset"},
    {S, "GVNPass", "0", 0.6, Loads, -1, loads, large,
     "shorter live ranges at the price of repeated computations"},
    {S, "LICMPass", "0", 0.5, Registers, -1, loop, large | spills,
     "invariant values are recomputed in the loop instead of spilled around it"},
    {P, "disable-licm-promotion", "true", 0.5, Loads, -1, promoted, promoted,
     "memory is not promoted to registers across the loop"},
    {C, "x86-experimental-pref-innermost-loop-alignment", "5", 0.7, Layout, 0, loop, runtime,
     "the loop starts on a 32-byte line of the decoded-instruction cache"},
    {C, "align-all-nofallthru-blocks", "5", 0.6, Layout, 0, loop, branchy,
     "jump targets start on 32-byte lines"},
    {P, "force-vector-interleave", "2", 0.9, Interleave, 0, vectorised | loop, vectorised,
     "two chains in flight"},
    {P, "force-vector-width", "16", 0.6, Width, +1, vectorised, vectorised,
     "sixteen lanes for small elements"},
    {P, "force-vector-width", "2", 0.5, Width, -1, vectorised, floating,
     "two lanes: half a register"},
    {P, "enable-epilogue-vectorization", "false", 0.6, Width, 0, vectorised, runtime,
     "the remainder is a plain loop: less code before and after"},
    {P, "prefer-predicate-over-epilogue", "predicate-else-scalar-epilogue", 0.4, Width, 0,
     vectorised, runtime, "the last iterations are masked instead of run one by one"},
    {P, "vectorize-memory-check-threshold", "0", 0.5, Width, -1, vectorised, runtime,
     "no overlap checks before short loops"},
    {P, "prefer-inloop-reductions", "true", 0.4, Width, 0, vectorised, floating,
     "a reduction stays scalar in the loop"},
    {P, "slp-threshold", "20", 0.7, Slp, -1, slp, slp, "only clear gains are packed into vectors"},
    {P, "slp-threshold", "-10", 0.5, Slp, +1, always, floating,
     "straight-line code is packed into vectors although it looks even"},
    {P, "slp-max-vf", "4", 0.4, Slp, 0, slp, slp, "narrower packs need fewer shuffles"},
    {S, "VectorCombinePass", "0", 0.4, Slp, 0, vectorised | slp, slp,
     "vector code is left as the vectorisers made it"},
    {S, "LoopRotatePass", "0", 0.4, LoopShape, 0, loop, branchy,
     "loops keep their test at the top: less code in front of short loops"},
    {S, "IndVarSimplifyPass", "0", 0.5, Addresses, 0, loop, loads,
     "counters keep the width and form of the source"},
    {P, "indvars-widen-indvars", "false", 0.4, Addresses, 0, loop, loads,
     "counters stay narrow: fewer 64-bit operations"},
    {P, "disable-lftr", "true", 0.4, Addresses, 0, loop, runtime,
     "the loop keeps its own exit test"},
    {C, "lsr-drop-solution", "true", 0.6, Addresses, -1, loop, loads,
     "the source's addressing stays where the rewritten one is no cheaper"},
    {C, "lsr-insns-cost", "false", 0.5, Addresses, 0, loop, large,
     "addressing is chosen for few registers instead of few instructions"},
    {S, "SimpleLoopUnswitchPass", "0", 0.5, LoopShape, 0, loop, large,
     "one loop with a predictable test instead of several copies"},
    {P, "unswitch-threshold", "300", 0.4, LoopShape, 0, branchy, nested,
     "invariant tests leave larger loops too"},
    {P, "unroll-peel-count", "0", 0.4, LoopShape, 0, loop, branchy,
     "nothing is peeled: one compact loop"},
    {C, "misched-regpressure", "false", 0.5, Schedule, 0, loop, floating,
     "scheduling for latency, whatever the registers"},
    {C, "misched-prera-direction", "bottomup", 0.5, Schedule, 0, loop, spills,
     "scheduling from the bottom shortens live ranges"},
    {C, "misched", "ilpmax", 0.4, Schedule, 0, loop, floating, "scheduling for parallelism"},
    {C, "enable-aa-sched-mi", "true", 0.5, Schedule, 0, loads, loads,
     "loads may be scheduled before stores that cannot alias"},
    {C, "combiner-global-alias-analysis", "true", 0.3, Loads, 0, loads, loads,
     "selection may merge and reorder memory accesses"},
    {C, "mul-constant-optimization", "false", 0.4, Cleanup, 0, always, loop,
     "one multiplication instead of a chain of shifts and additions"},
    {C, "machine-cse", "false", 0.3, Registers, 0, loop, large,
     "values are recomputed rather than kept in registers"},
    {C, "early-machinelicm", "false", 0.3, Registers, -1, loop, large,
     "constants are rebuilt in the loop rather than spilled"},
    {C, "machine-sink", "false", 0.4, Registers, 0, branchy, loop, "values are computed early"},
    {C, "machine-combiner", "false", 0.3, Schedule, 0, floating, floating,
     "chains keep their order: fewer registers"},
    {C, "branch-folder", "false", 0.3, Layout, 0, branchy, switches,
     "equal block ends stay apart, each with a jump of its own"},
    {C, "block-placement", "false", 0.4, Layout, 0, branchy, switches,
     "blocks keep the order of the source"},
    {C, "tail-dup-placement", "false", 0.3, Layout, -1, branchy, large,
     "no copies of small blocks: less code"},
    {C, "tail-merge-size", "20", 0.3, Layout, 0, branchy, switches, "equal block ends stay apart"},
    {C, "force-precise-rotation-cost", "true", 0.4, Layout, 0, loop, branchy,
     "the bottom of the loop is chosen by a finer cost model"},
    {C, "x86-br-merging-base-cost", "-1", 0.4, Choice, -1, branchy, branchy,
     "each condition keeps its own, predictable branch"},
    {C, "x86-br-merging-base-cost", "8", 0.4, Choice, +1, branchy, branchy,
     "conditions are tested together: fewer branches to mispredict"},
    {P, "simplifycfg-branch-fold-threshold", "0", 0.4, Choice, -1, branchy, branchy,
     "both branches stay"},
    {P, "simplifycfg-branch-fold-threshold", "8", 0.4, Choice, +1, branchy, branchy,
     "two branches to one place become one"},
    {C, "min-jump-table-entries", "16", 0.4, Switches, -1, switches, switches,
     "small switches become comparisons"},
    {C, "switch-peel-threshold", "30", 0.3, Switches, 0, switches, switches,
     "the likely case is tested before the switch"},
    {P, "memdep-block-number-limit", "1000", 0.3, Loads, +1, loads, large,
     "more redundant loads are found"},
    {P, "rotation-max-header-size", "100", 0.3, LoopShape, 0, loop, large,
     "loops with a large header are rotated too"},
    {P, "instcombine-code-sinking", "false", 0.4, Registers, 0, branchy, loop,
     "values are computed early"},
    {S, "ReassociatePass", "0", 0.4, Cleanup, 0, loop, floating,
     "expressions keep the order of the source"},
    {S, "AggressiveInstCombinePass", "0", 0.2, Cleanup, 0, loop, loads, "no rare rewrites"},
    {S, "MergedLoadStoreMotionPass", "0", 0.2, Loads, 0, branchy, branchy,
     "stores stay on their side of the branch"},
    {S, "MemCpyOptPass", "0", 0.2, Loads, 0, calls, calls, "copies stay as written"},
    {S, "CorrelatedValuePropagationPass", "0", 0.2, Cleanup, 0, branchy, loop,
     "values keep their signedness and form"},
    {C, "regalloc-csr-first-time-cost", "100", 0.2, Registers, 0, calls, branchy,
     "short paths do not pay for callee-saved registers"},
    {A, "align", "64", 0.3, Layout, 0, always, loop, "the function starts on a cache line"},
    {A, "optsize", "true", 0.5, Unroll, -1, loop, large,
     "compact code: little unrolling, no versions of loops"},
    {P, "inline-instr-cost", "12", 0.4, Inline, -1, inlined, large, "fewer callees are inlined"},
    // Hints on each innermost loop: where the whole-function lever is too coarse.
    {L, "unroll", "4", 0.9, Unroll, +1, loop, runtime, "four iterations share one loop test"},
    {L, "unroll", "1", 0.6, Unroll, -1, loop, unrolled, "the loop stays compact"},
    {L, "vectorize", "true", 0.8, Width, +1, not_vectorised, not_vectorised,
     "legal loops are vectorised although they were judged not worth it"},
    {L, "width", "1", 0.6, Width, -1, vectorised, counted, "the loop stays scalar"},
    {L, "distribute", "true", 0.5, LoopShape, 0, not_vectorised, loads,
     "split, a part of the loop can be vectorised"},
});

std::vector<Lever> sorted_table() {
  std::vector<const Lever*> order;
  for (const Lever& lever : table) {
    order.push_back(&lever);
  }
  std::sort(order.begin(), order.end(), [](const Lever* left, const Lever* right) {
    return left->prior != right->prior ? left->prior > right->prior : left < right;
  });
  std::vector<Lever> sorted;
  for (const Lever* lever : order) {
    sorted.push_back(*lever);
  }
  return sorted;
}

struct Rungs {
  Kind kind;
  std::string_view entry;
  std::vector<std::string_view> values;
};

const std::vector<Rungs>& all_rungs() {
  static const std::vector<Rungs> rungs = {
      {P, "unroll-count", {"2", "3", "4", "6", "8"}},
      {L, "unroll", {"1", "2", "3", "4", "6", "8", "16"}},
      {P, "force-vector-interleave", {"1", "2", "4", "8"}},
      {L, "interleave", {"1", "2", "4", "8"}},
      {P, "force-vector-width", {"2", "4", "8", "16", "32"}},
      {L, "width", {"1", "2", "4", "8", "16", "32"}},
      {P, "two-entry-phi-node-folding-threshold", {"0", "2", "8", "16", "30"}},
      {P, "partial-unrolling-threshold", {"100", "400", "1000"}},
      {P, "unroll-threshold", {"100", "1000", "4000"}},
      {P, "unroll-full-max-count", {"0", "4", "16"}},
      {P, "inline-instr-cost", {"1", "2", "3", "8", "12", "30"}},
      {P, "jump-threading-threshold", {"0", "12", "20", "60"}},
      {C, "tail-dup-size", {"0", "6", "12", "30"}},
      {C, "tail-dup-placement-aggressive-threshold", {"0", "8", "12", "30"}},
      {C, "x86-experimental-pref-innermost-loop-alignment", {"3", "5", "6"}},
      {C, "align-all-nofallthru-blocks", {"4", "5", "6"}},
      {C, "x86-br-merging-base-cost", {"-1", "0", "8", "20"}},
      {P, "simplifycfg-branch-fold-threshold", {"0", "4", "8", "20"}},
      {P, "slp-threshold", {"-30", "-10", "10", "20", "60"}},
      {P, "unswitch-threshold", {"0", "150", "300", "500"}},
  };
  return rungs;
}

} // namespace

std::span<const Lever> levers() {
  static const std::vector<Lever> sorted = sorted_table();
  return sorted;
}

const Lever* find_lever(Kind kind, std::string_view entry, std::string_view value) {
  const Lever* same_entry = nullptr;
  for (const Lever& lever : table) {
    if (lever.kind == kind && lever.entry == entry) {
      if (lever.value == value) {
        return &lever;
      }
      same_entry = &lever;
    }
  }
  return same_entry;
}

std::span<const std::string_view> ladder(Kind kind, std::string_view entry) {
  for (const Rungs& rungs : all_rungs()) {
    if (rungs.kind == kind && rungs.entry == entry) {
      return rungs.values;
    }
  }
  return {};
}

} // namespace autopass
