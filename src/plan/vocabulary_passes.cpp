// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// IR passes that a plan may leave out, insert, or make a function's pipeline of. Only passes that
// merely optimise: what a later pass or the back end relies on cannot be left out, what writes files,
// instruments, prints, loads code or changes meaning is not admitted (lower-atomic, dot-cfg,
// attributor ...), nor what has been seen to compile wrongly (dfa-jump-threading). The first part of the
// table is what the default -O2 and -O3 pipelines are made of. A pass that they do not have is admitted when
// testsuite/bench/pass-sequences has tried it for this LLVM and found nothing.
#include "vocabulary_tables.h"

#include <algorithm>

namespace autopass {

namespace {

constexpr Kind O = Kind::Pipeline;

constexpr Entry sroa_options[] = {
    word(O, "mode", "modify-cfg|preserve-cfg", "preserve-cfg",
         "Whether branches may be changed to promote more.", "Scalar/SROA.cpp"),
};
constexpr Entry early_cse_options[] = {
    only_true(O, "memssa", "Removes redundant loads by the memory graph, too.",
              "Scalar/EarlyCSE.cpp"),
};
constexpr Entry gvn_options[] = {
    flag(O, "load-pre", "true", "Makes partly redundant loads fully redundant.",
         "Scalar/GVN.cpp"),
    flag(O, "split-backedge-load-pre", "false",
         "Splits the back edge of a loop for a partly redundant load.", "Scalar/GVN.cpp"),
    flag(O, "memdep", "true", "Removes redundant loads.", "Scalar/GVN.cpp"),
};
constexpr Entry mldst_motion_options[] = {
    flag(O, "split-footer-bb", "false", "Splits the joining block to merge more stores.",
         "Scalar/MergedLoadStoreMotion.cpp"),
};
constexpr Entry instcombine_options[] = {
    number(O, "max-iterations", 1, 10, "1", "How often the function is walked at most.",
           "InstCombine/InstructionCombining.cpp"),
};
constexpr Entry drop_assumes_options[] = {
    only_true(O, "drop-deref", "Drops assumptions on dereferenceable pointers, too.",
              "Scalar/DropUnnecessaryAssumes.cpp"),
};
constexpr std::string_view simplifycfg = "Scalar/SimplifyCFGPass.cpp";
constexpr Entry simplifycfg_options[] = {
    number(O, "bonus-inst-threshold", 0, 20, "1",
           "Instructions that may be computed in vain to fold a branch.", simplifycfg),
    flag(O, "forward-switch-cond", "false", "Uses the tested value in the cases of a switch.",
         simplifycfg),
    flag(O, "switch-range-to-icmp", "false", "Turns switches over one range into a comparison.",
         simplifycfg),
    flag(O, "switch-to-arithmetic", "false", "Turns switches over constants into arithmetic.",
         simplifycfg),
    flag(O, "switch-to-lookup", "false", "Turns switches over constants into table look-ups.",
         simplifycfg),
    flag(O, "keep-loops", "true", "Keeps the shape of loops.", simplifycfg),
    flag(O, "hoist-common-insts", "false", "Hoists what both sides of a branch begin with.",
         simplifycfg),
    flag(O, "hoist-loads-stores-with-cond-faulting", "false",
         "Makes loads and stores conditional where the processor can.", simplifycfg),
    flag(O, "sink-common-insts", "false", "Sinks what predecessors end with.", simplifycfg),
    flag(O, "speculate-blocks", "true", "Executes small blocks ahead of their branch.",
         simplifycfg),
    flag(O, "simplify-cond-branch", "true", "Folds conditional branches.", simplifycfg),
    flag(O, "speculate-unpredictables", "false",
         "Executes more ahead of branches that are marked as unpredictable.", simplifycfg),
};
constexpr Entry speculative_execution_options[] = {
    only_true(O, "only-if-divergent-target", "Does nothing on processors like x86.",
              "Scalar/SpeculativeExecution.cpp"),
};
constexpr Entry licm_options[] = {
    flag(O, "allowspeculation", "true", "Moves what may then be computed in vain.",
         "Scalar/LICM.cpp"),
};
// Options without words in LLVM's language of pipelines: the plugin makes such a pass itself.
constexpr Entry made(Entry option) {
  option.means = Means::Ir;
  return option;
}
constexpr Entry full_unroll_options[] = {
    made(word(O, "level", "O1|O2|O3", "O2", "How much code it may make: more at O3.",
              "Scalar/LoopUnrollPass.cpp")),
};
constexpr Entry vector_combine_options[] = {
    made(only_true(O, "early-only", "Makes no vector operations that were not there.",
                   "Vectorize/VectorCombine.cpp")),
};
constexpr Entry loop_rotate_options[] = {
    flag(O, "header-duplication", "true", "Copies the header of a loop to rotate it.",
         "Scalar/LoopRotation.cpp"),
};
constexpr Entry unswitch_options[] = {
    flag(O, "nontrivial", "false", "Copies the loop where that is needed.",
         "Scalar/SimpleLoopUnswitch.cpp"),
    flag(O, "trivial", "true", "Takes branches out that need no copy.",
         "Scalar/SimpleLoopUnswitch.cpp"),
};
constexpr Entry loop_unroll_options[] = {
    word(O, "level", "O1|O2|O3", "O2", "How eager the cost model is.",
         "Scalar/LoopUnrollPass.cpp"),
    number(O, "full-unroll-max", 0, 256, "no limit",
           "Loops with more iterations are not unrolled fully.", "Scalar/LoopUnrollPass.cpp"),
    flag(O, "partial", "the target's", "Unrolls loops with a known trip count partly.",
         "Scalar/LoopUnrollPass.cpp"),
    flag(O, "peeling", "the target's", "Peels first iterations off.",
         "Scalar/LoopUnrollPass.cpp"),
    flag(O, "profile-peeling", "the target's", "Peels by the profile.",
         "Scalar/LoopUnrollPass.cpp"),
    flag(O, "runtime", "the target's", "Unrolls loops with a trip count known at run time.",
         "Scalar/LoopUnrollPass.cpp"),
    flag(O, "upperbound", "the target's", "Unrolls fully up to the highest possible trip count.",
         "Scalar/LoopUnrollPass.cpp"),
};
constexpr Entry loop_vectorize_options[] = {
    flag(O, "interleave-forced-only", "false", "Interleaves only loops that ask for it.",
         "Vectorize/LoopVectorize.cpp"),
    flag(O, "vectorize-forced-only", "false", "Vectorises only loops that ask for it.",
         "Vectorize/LoopVectorize.cpp"),
};

constexpr AdmittedPass table[] = {
    // Memory and values.
    {"sroa", "SROAPass", PassLevel::Function, simplifies | optimises | can_skip | can_insert, sroa_options, "",
     "Splits aggregates on the stack into registers.",
     "Aggregates stay in memory until a later run.", "Scalar/SROA.cpp"},
    {"mem2reg", "PromotePass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Promotes stack slots to registers.",
     "Stack slots are left to later passes.", "Utils/Mem2Reg.cpp"},
    {"early-cse", "EarlyCSEPass", PassLevel::Function, simplifies | can_skip | can_insert, early_cse_options, "",
     "Removes expressions and loads that are redundant along the dominator tree.",
     "Locally redundant expressions stay until later passes.", "Scalar/EarlyCSE.cpp"},
    {"gvn", "GVNPass", PassLevel::Function, simplifies | can_skip | can_insert, gvn_options, "",
     "Removes redundant loads and expressions by value numbering.",
     "Redundant loads and expressions stay.", "Scalar/GVN.cpp"},
    {"sccp", "SCCPPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Propagates constants along the branches that can be taken.",
     "Constants are not propagated along branches.", "Scalar/SCCP.cpp"},
    {"memcpyopt", "MemCpyOptPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Forwards and merges copies of memory.",
     "Copies of memory are not forwarded or merged.", "Scalar/MemCpyOptimizer.cpp"},
    {"dse", "DSEPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Deletes stores that are never read.",
     "Dead stores stay.", "Scalar/DeadStoreElimination.cpp"},
    {"mldst-motion", "MergedLoadStoreMotionPass", PassLevel::Function, simplifies | can_skip | can_insert, mldst_motion_options, "",
     "Merges loads and stores of both sides of a branch.",
     "Stores on both sides of a branch are not merged.", "Scalar/MergedLoadStoreMotion.cpp"},
    {"move-auto-init", "MoveAutoInitPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Moves automatic initialisations next to their use.",
     "Automatic initialisations stay at the entry.", "Utils/MoveAutoInit.cpp"},
    {"infer-alignment", "InferAlignmentPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Finds larger alignments of loads and stores.",
     "Loads and stores keep the alignment they were written with.", "Scalar/InferAlignment.cpp"},
    {"alignment-from-assumptions", "AlignmentFromAssumptionsPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Uses assumptions of the source on alignment.",
     "Assumptions on alignment are not used.", "Scalar/AlignmentFromAssumptions.cpp"},
    // Instructions.
    {"instcombine", "InstCombinePass", PassLevel::Function, simplifies | optimises | can_skip | can_insert, instcombine_options, "no-verify-fixpoint",
     "Simplifies instructions and brings them into the form that other passes expect.",
     "Instructions are not simplified in this run.", "InstCombine/InstructionCombining.cpp"},
    {"aggressive-instcombine", "AggressiveInstCombinePass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Rewrites rare, expensive patterns.",
     "Expensive pattern rewrites are left out.", "AggressiveInstCombine/AggressiveInstCombine.cpp"},
    {"instsimplify", "InstSimplifyPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Replaces instructions by simpler values that exist already.",
     "Nothing is simplified once more at the end.", "Scalar/InstSimplifyPass.cpp"},
    {"reassociate", "ReassociatePass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Reorders operands so that constants and common parts meet.",
     "Expressions keep their order of operands.", "Scalar/Reassociate.cpp"},
    {"bdce", "BDCEPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Removes computations of bits that nobody uses.",
     "Computations of unused bits stay.", "Scalar/BDCE.cpp"},
    {"adce", "ADCEPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Removes all code that has no effect.",
     "Code without effect stays until a later pass.", "Scalar/ADCE.cpp"},
    {"float2int", "Float2IntPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Computes with integers where floating point adds nothing.",
     "Float arithmetic on integers stays float arithmetic.", "Scalar/Float2Int.cpp"},
    {"div-rem-pairs", "DivRemPairsPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Brings division and remainder of one pair together.",
     "Division and remainder of one pair are not brought together.", "Scalar/DivRemPairs.cpp"},
    {"libcalls-shrinkwrap", "LibCallsShrinkWrapPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Calls the mathematics library only where it could report an error.",
     "Calls of the mathematics library are not guarded.", "Utils/LibCallsShrinkWrap.cpp"},
    // What it cannot know is "not constant" and "of unknown size" from then on: callers that inline that have no check of
    // _FORTIFY_SOURCE left where stock code has one.
    {"lower-constant-intrinsics", "LowerConstantIntrinsicsPass", PassLevel::Function, optimises | can_insert | not_early, {}, "",
     "Decides what asks whether a value is constant, or how large an object is; in the optimisation half alone.",
     "", "Scalar/LowerConstantIntrinsics.cpp"},
    {"lower-expect", "LowerExpectIntrinsicPass", PassLevel::Function, simplifies | can_insert, {}, "",
     "Turns __builtin_expect into branch weights.",
     "", "Scalar/LowerExpectIntrinsic.cpp"},
    {"drop-unnecessary-assumes", "DropUnnecessaryAssumesPass", PassLevel::Function, optimises | can_skip | can_insert, drop_assumes_options, "",
     "Drops assumptions that no pass will use any more.",
     "Assumptions stay.", "Scalar/DropUnnecessaryAssumes.cpp"},
    {"inject-tli-mappings", "InjectTLIMappings", PassLevel::Function, optimises | can_insert, {}, "",
     "Tells the vectorisers which library functions have vector forms.",
     "", "Utils/InjectTLIMappings.cpp"},
    // Branches and calls.
    {"simplifycfg", "SimplifyCFGPass", PassLevel::Function, simplifies | optimises | can_skip | can_insert, simplifycfg_options, "",
     "Merges blocks, removes branches, turns small ifs into selects.",
     "Branches are not simplified or turned into selects in this run.", "Scalar/SimplifyCFGPass.cpp"},
    {"jump-threading", "JumpThreadingPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Copies blocks so that decided branches are skipped.",
     "Jumps are not threaded through decided branches.", "Scalar/JumpThreading.cpp"},
    {"correlated-propagation", "CorrelatedValuePropagationPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Uses what branches imply to simplify values.",
     "Facts from branches are not used to simplify values.", "Scalar/CorrelatedValuePropagation.cpp"},
    {"constraint-elimination", "ConstraintEliminationPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Removes comparisons that earlier ones imply.",
     "Comparisons implied by earlier ones stay.", "Scalar/ConstraintElimination.cpp"},
    {"speculative-execution", "SpeculativeExecutionPass", PassLevel::Function, simplifies | can_skip | can_insert, speculative_execution_options, "",
     "Executes cheap instructions ahead of a branch.",
     "Instructions are not executed ahead of a branch.", "Scalar/SpeculativeExecution.cpp"},
    {"callsite-splitting", "CallSiteSplittingPass", PassLevel::Function, simplifies | can_skip | can_insert, {}, "",
     "Copies calls so that each copy knows its arguments.",
     "Calls are not copied to know their arguments.", "Scalar/CallSiteSplitting.cpp"},
    {"tailcallelim", "TailCallElimPass", PassLevel::Function, simplifies | optimises | can_skip | can_insert, {}, "",
     "Turns self-recursion into loops and marks tail calls.",
     "Self-recursion does not become a loop.", "Scalar/TailRecursionElimination.cpp"},
    {"coro-elide", "CoroElidePass", PassLevel::Function, simplifies | can_insert, {}, "",
     "Keeps the frame of a coroutine on the stack of its caller.",
     "", "Coroutines/CoroElide.cpp"},
    {"chr", "ControlHeightReductionPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Merges rarely taken branches into one test, by the profile.",
     "Rarely taken branches are not merged.", "Instrumentation/ControlHeightReduction.cpp"},
    // Loops.
    {"licm", "LICMPass", PassLevel::LoopMssa, simplifies | optimises | can_skip | can_insert, licm_options, "",
     "Moves what does not change out of loops and memory into registers.",
     "Invariant computations stay inside loops.", "Scalar/LICM.cpp"},
    {"loop-rotate", "LoopRotatePass", PassLevel::Loop, simplifies | optimises | can_skip | can_insert, loop_rotate_options, "",
     "Moves the test of a loop to its end.",
     "Loops keep their test at the top.", "Scalar/LoopRotation.cpp"},
    {"simple-loop-unswitch", "SimpleLoopUnswitchPass", PassLevel::Loop, simplifies | can_skip | can_insert, unswitch_options, "",
     "Copies a loop to take an invariant branch out of it.",
     "Invariant branches stay inside loops.", "Scalar/SimpleLoopUnswitch.cpp"},
    {"extra-simple-loop-unswitch-passes", "ExtraLoopPassManager", PassLevel::Loop, simplifies | can_insert, unswitch_options, "",
     "Once more simple-loop-unswitch, on loops whose counters indvars has changed.",
     "", "Scalar/SimpleLoopUnswitch.cpp"},
    {"loop-instsimplify", "LoopInstSimplifyPass", PassLevel::LoopMssa, simplifies | can_skip | can_insert, {}, "",
     "Simplifies instructions inside loops.",
     "Instructions in loops wait for later passes.", "Scalar/LoopInstSimplify.cpp"},
    {"loop-simplifycfg", "LoopSimplifyCFGPass", PassLevel::Loop, simplifies | can_skip | can_insert, {}, "",
     "Merges blocks of loops and drops dead exits.",
     "Blocks of loops are merged later.", "Scalar/LoopSimplifyCFG.cpp"},
    {"loop-idiom", "LoopIdiomRecognizePass", PassLevel::Loop, simplifies | can_skip | can_insert, {}, "",
     "Turns loops that copy, fill or count into one call or instruction.",
     "Loops that copy or fill do not become memcpy or memset.", "Scalar/LoopIdiomRecognize.cpp"},
    {"indvars", "IndVarSimplifyPass", PassLevel::Loop, simplifies | can_skip | can_insert, {}, "",
     "Brings loop counters and exit tests into a canonical form.",
     "Loop counters are neither widened nor rewritten.", "Scalar/IndVarSimplify.cpp"},
    {"loop-deletion", "LoopDeletionPass", PassLevel::Loop, simplifies | optimises | can_skip | can_insert, {}, "",
     "Deletes loops without effect.",
     "Loops without effect stay.", "Scalar/LoopDeletion.cpp"},
    {"loop-unroll-full", "LoopFullUnrollPass", PassLevel::Loop, simplifies | can_skip | can_insert, full_unroll_options, "",
     "Unrolls short loops completely.",
     "Short loops are not unrolled fully before vectorisation: the vectoriser sees them.", "Scalar/LoopUnrollPass.cpp"},
    {"loop-unroll", "LoopUnrollPass", PassLevel::Function, optimises | can_skip | can_insert, loop_unroll_options, "",
     "Unrolls loops partly or at run time.",
     "No partial or run-time unrolling.", "Scalar/LoopUnrollPass.cpp"},
    {"loop-distribute", "LoopDistributePass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Splits loops that ask for it, so that a part can be vectorised.",
     "Loops are not split.", "Scalar/LoopDistribute.cpp"},
    {"loop-load-elim", "LoopLoadEliminationPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Keeps what one iteration stores and the next one loads in a register.",
     "Values stored in one iteration are loaded in the next.", "Scalar/LoopLoadElimination.cpp"},
    {"loop-sink", "LoopSinkPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Sinks rarely used invariant values back into loops.",
     "Rarely used invariant computations are not sunk back into loops.", "Scalar/LoopSink.cpp"},
    // Vectors.
    {"loop-vectorize", "LoopVectorizePass", PassLevel::Function, optimises | can_skip | can_insert, loop_vectorize_options, "",
     "Vectorises and interleaves loops.",
     "Loops stay scalar.", "Vectorize/LoopVectorize.cpp"},
    {"slp-vectorizer", "SLPVectorizerPass", PassLevel::Function, optimises | can_skip | can_insert, {}, "",
     "Vectorises straight-line code.",
     "Straight-line code stays scalar.", "Vectorize/SLPVectorizer.cpp"},
    {"vector-combine", "VectorCombinePass", PassLevel::Function, simplifies | optimises | can_skip | can_insert, vector_combine_options, "",
     "Combines or scalarises vector operations by cost.",
     "Vector operations are not combined or scalarised.", "Vectorize/VectorCombine.cpp"},
    // Calls into this function: can only be left out.
    {"inline", "InlinerPass", PassLevel::Cgscc, simplifies | can_skip, {}, "",
     "Inlines callees into the function.",
     "Nothing is inlined into this function, unless it calls itself through others.", "IPO/Inliner.cpp"},
    // The code generator's, at -O2 and -O3.
    {"loop-simplify", "LoopSimplifyPass", PassLevel::Function, can_insert, {}, "",
     "Gives loops a preheader, one latch and exits of their own.",
     "", "Utils/LoopSimplify.cpp"},
    {"lcssa", "LCSSAPass", PassLevel::Function, can_insert, {}, "",
     "Ends values of a loop in phis at its exits.",
     "", "Utils/LCSSA.cpp"},
    {"canon-freeze", "CanonicalizeFreezeInLoopsPass", PassLevel::Loop, can_insert, {}, "",
     "Moves freezes of counters out of loops.",
     "", "Utils/CanonicalizeFreezeInLoops.cpp"},
    {"loop-reduce", "LoopStrengthReducePass", PassLevel::Loop, can_insert, {}, "",
     "Rewrites addresses in loops by strength reduction.",
     "", "Scalar/LoopStrengthReduce.cpp"},
    {"mergeicmps", "MergeICmpsPass", PassLevel::Function, can_insert, {}, "",
     "Turns chains of comparisons into memcmp.",
     "", "Scalar/MergeICmps.cpp"},
    {"consthoist", "ConstantHoistingPass", PassLevel::Function, can_insert, {}, "",
     "Hoists expensive constants.",
     "", "Scalar/ConstantHoisting.cpp"},
    {"partially-inline-libcalls", "PartiallyInlineLibCallsPass", PassLevel::Function, can_insert, {}, "",
     "Computes square roots inline and calls the library for errors only.",
     "", "Scalar/PartiallyInlineLibCalls.cpp"},
    // In no default pipeline: random programs with random sequences have found nothing against them.
    {"dce", "DCEPass", PassLevel::Function, can_insert, {}, "",
     "Removes instructions without use.",
     "", "Scalar/DCE.cpp"},
    {"sink", "SinkingPass", PassLevel::Function, can_insert, {}, "",
     "Sinks instructions into the block that uses them.",
     "", "Scalar/Sink.cpp"},
    {"break-crit-edges", "BreakCriticalEdgesPass", PassLevel::Function, can_insert, {}, "",
     "Splits critical edges.",
     "", "Utils/BreakCriticalEdges.cpp"},
    {"lnicm", "LNICMPass", PassLevel::LoopMssa, can_insert, licm_options, "",
     "Moves what does not change out of whole nests.",
     "", "Scalar/LICM.cpp"},
};

constexpr InsertionPoint points[] = {
    {"peephole", PassLevel::Function, simplifies, "Behind each clean-up of instructions."},
    {"late-loop", PassLevel::Loop, simplifies, "Behind the canonical form of loops, before they are deleted."},
    {"loop-end", PassLevel::Loop, simplifies, "Behind full unrolling."},
    {"scalar-late", PassLevel::Function, simplifies, "Near the end of the simplification half."},
    {"cgscc-late", PassLevel::Cgscc, 0, "Before the simplification half, when callees have been inlined."},
    {"vectorizer-start", PassLevel::Function, optimises, "Before loops are vectorised."},
    {"vectorizer-end", PassLevel::Function, optimises, "Behind both vectorisers."},
};

template <class Table> auto* find_in(const Table& rows, std::string_view name, auto member) {
  const auto found = std::find_if(std::begin(rows), std::end(rows),
                                  [&](const auto& row) { return row.*member == name; });
  return found == std::end(rows) ? nullptr : &*found;
}

} // namespace

std::span<const AdmittedPass> passes() { return table; }

const AdmittedPass* find_pass(std::string_view id) {
  return find_in(table, id, &AdmittedPass::id);
}

const AdmittedPass* find_skippable(std::string_view class_name) {
  const AdmittedPass* pass = find_in(table, class_name, &AdmittedPass::class_name);
  return pass != nullptr && (pass->uses & can_skip) != 0 ? pass : nullptr;
}

std::span<const InsertionPoint> insertion_points() { return points; }

const InsertionPoint* find_insertion_point(std::string_view name) {
  return find_in(points, name, &InsertionPoint::name);
}

bool may_run_in(const AdmittedPass& pass, unsigned half) {
  return (pass.uses & can_insert) != 0 && ((pass.uses & not_early) == 0 || half == optimises);
}

bool fits(const AdmittedPass& pass, const InsertionPoint& point) {
  const bool works_on_loops_alone = point.level == PassLevel::Loop; // and without a memory graph
  return may_run_in(pass, point.half) &&
         (!works_on_loops_alone || pass.level == PassLevel::Loop);
}

const Entry* find_option(const AdmittedPass& pass, std::string_view name) {
  return find_in(pass.options, name, &Entry::name);
}

std::string_view level_name(PassLevel level) {
  switch (level) {
  case PassLevel::Function: return "function";
  case PassLevel::Loop: return "loop";
  case PassLevel::LoopMssa: return "loop-mssa";
  case PassLevel::Cgscc: return "cgscc";
  }
  return {};
}

} // namespace autopass
