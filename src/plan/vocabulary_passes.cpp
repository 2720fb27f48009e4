// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Passes that can be left out for one function. IR passes by the class name that pass
// instrumentation reports; machine-level passes by the name on which -debug-pass knows them. Only
// passes that merely optimise: nothing that later passes or the back end rely on.
#include "vocabulary_tables.h"

namespace autopass {

namespace {

constexpr Entry pass(std::string_view name, std::string_view what, std::string_view source) {
  return only_true(Kind::Skip, name, what, source);
}

constexpr Entry entries[] = {
    pass("SLPVectorizerPass", "Straight-line code stays scalar.", "Vectorize/SLPVectorizer.cpp"),
    pass("VectorCombinePass", "Vector operations are not combined or scalarised.",
         "Vectorize/VectorCombine.cpp"),
    pass("LoopVectorizePass", "Loops stay scalar.", "Vectorize/LoopVectorize.cpp"),
    pass("LoopUnrollPass", "No partial or run-time unrolling.", "Scalar/LoopUnrollPass.cpp"),
    pass("LoopFullUnrollPass",
         "Short loops are not unrolled fully before vectorisation: the vectoriser sees them.",
         "Scalar/LoopUnrollPass.cpp"),
    pass("LoopRotatePass", "Loops keep their test at the top.", "Scalar/LoopRotation.cpp"),
    pass("LoopIdiomRecognizePass", "Loops that copy or fill do not become memcpy or memset.",
         "Scalar/LoopIdiomRecognize.cpp"),
    pass("IndVarSimplifyPass", "Loop counters are neither widened nor rewritten.",
         "Scalar/IndVarSimplify.cpp"),
    pass("SimpleLoopUnswitchPass", "Invariant branches stay inside loops.",
         "Scalar/SimpleLoopUnswitch.cpp"),
    pass("LICMPass", "Invariant computations stay inside loops.", "Scalar/LICM.cpp"),
    pass("LoopSinkPass", "Rarely used invariant computations are not sunk back into loops.",
         "Scalar/LoopSink.cpp"),
    pass("LoopLoadEliminationPass", "Values stored in one iteration are loaded in the next.",
         "Scalar/LoopLoadElimination.cpp"),
    pass("LoopDeletionPass", "Loops without effect stay.", "Scalar/LoopDeletion.cpp"),
    pass("GVNPass", "Redundant loads and expressions stay.", "Scalar/GVN.cpp"),
    pass("EarlyCSEPass", "Locally redundant expressions stay until later passes.",
         "Scalar/EarlyCSE.cpp"),
    pass("MergedLoadStoreMotionPass", "Stores on both sides of a branch are not merged.",
         "Scalar/MergedLoadStoreMotion.cpp"),
    pass("DSEPass", "Dead stores stay.", "Scalar/DeadStoreElimination.cpp"),
    pass("MemCpyOptPass", "Copies of memory are not forwarded or merged.",
         "Scalar/MemCpyOptimizer.cpp"),
    pass("ReassociatePass", "Expressions keep their order of operands.",
         "Scalar/Reassociate.cpp"),
    pass("InstCombinePass", "Instructions are not simplified in this run.",
         "InstCombine/InstructionCombining.cpp"),
    pass("AggressiveInstCombinePass", "Expensive pattern rewrites are left out.",
         "AggressiveInstCombine/AggressiveInstCombine.cpp"),
    pass("SimplifyCFGPass", "Branches are not simplified or turned into selects in this run.",
         "Scalar/SimplifyCFGPass.cpp"),
    pass("JumpThreadingPass", "Jumps are not threaded through decided branches.",
         "Scalar/JumpThreading.cpp"),
    pass("CorrelatedValuePropagationPass", "Facts from branches are not used to simplify values.",
         "Scalar/CorrelatedValuePropagation.cpp"),
    pass("ConstraintEliminationPass", "Comparisons implied by earlier ones stay.",
         "Scalar/ConstraintElimination.cpp"),
    pass("SpeculativeExecutionPass", "Instructions are not executed ahead of a branch.",
         "Scalar/SpeculativeExecution.cpp"),
    pass("CallSiteSplittingPass", "Calls are not copied to know their arguments.",
         "Scalar/CallSiteSplitting.cpp"),
    pass("TailCallElimPass", "Self-recursion does not become a loop.",
         "Scalar/TailRecursionElimination.cpp"),
    pass("DivRemPairsPass", "Division and remainder of one pair are not brought together.",
         "Scalar/DivRemPairs.cpp"),
    pass("Float2IntPass", "Float arithmetic on integers stays float arithmetic.",
         "Scalar/Float2Int.cpp"),
    pass("BDCEPass", "Computations of unused bits stay.", "Scalar/BDCE.cpp"),
    pass("InlinerPass", "Nothing is inlined into this function.", "IPO/Inliner.cpp"),
    // Machine level.
    pass("loop-reduce", "Addresses in loops are not rewritten by strength reduction.",
         "Scalar/LoopStrengthReduce.cpp"),
    pass("consthoist", "Expensive constants are not hoisted.", "Scalar/ConstantHoisting.cpp"),
    pass("early-ifcvt", "Short branches are not turned into conditional moves.",
         "CodeGen/EarlyIfConversion.cpp"),
    pass("machine-combiner", "Chains of machine instructions are not rebalanced.",
         "CodeGen/MachineCombiner.cpp"),
    pass("machine-cse", "Common subexpressions of machine code stay.", "CodeGen/MachineCSE.cpp"),
    pass("early-machinelicm", "Invariant machine instructions stay inside loops.",
         "CodeGen/MachineLICM.cpp"),
    pass("machine-sink", "Machine instructions are not sunk towards their use.",
         "CodeGen/MachineSink.cpp"),
    pass("peephole-opt", "No peephole optimisation of machine code.",
         "CodeGen/PeepholeOptimizer.cpp"),
    pass("branch-folder", "Equal block ends are not merged.", "CodeGen/BranchFolding.cpp"),
    pass("early-tailduplication", "Small blocks are not copied into predecessors early.",
         "CodeGen/TailDuplication.cpp"),
    pass("block-placement", "Blocks keep the order in which they were formed.",
         "CodeGen/MachineBlockPlacement.cpp"),
};

} // namespace

std::span<const Entry> skip_entries() { return entries; }

} // namespace autopass
