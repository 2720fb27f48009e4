// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Options that the back end reads while it works on one function, set at the head of that
// function's code generation, and passes of the back end that can be left out for it. The cmov
// *converter* turns conditional moves into branches: switching it off keeps the moves.
#include "vocabulary_tables.h"

namespace autopass {

namespace {

constexpr Kind C = Kind::Codegen;

constexpr Entry entries[] = {
    // Conditional moves and branches.
    flag(C, "x86-cmov-converter", "true",
         "Turns conditional moves in loops into branches where that looks shorter; false keeps "
         "every conditional move, good on unpredictable data.",
         "Target/X86/X86CmovConversion.cpp"),
    flag(C, "x86-cmov-converter-force-all", "false",
         "Turns all conditional moves into branches, good on predictable data.",
         "Target/X86/X86CmovConversion.cpp"),
    number(C, "x86-cmov-converter-threshold", 0, 50, "4",
           "Cycles a loop must win before its conditional moves become branches.",
           "Target/X86/X86CmovConversion.cpp"),
    number(C, "x86-br-merging-base-cost", -1, 20, "2",
           "Cost up to which two conditions are tested with one branch; -1 never merges.",
           "Target/X86/X86ISelLowering.cpp"),
    flag(C, "enable-andcmp-sinking", "true",
         "Repeats a mask test next to the branch that uses it.", "CodeGen/CodeGenPrepare.cpp"),

    // Order and alignment of blocks.
    flag(C, "enable-ext-tsp-block-placement", "false",
         "Orders blocks by the extended travelling-salesman model of the instruction cache.",
         "CodeGen/MachineBlockPlacement.cpp"),
    number(C, "align-all-nofallthru-blocks", 0, 6, "0",
           "Aligns blocks that are only jumped to, as a power of two of bytes.",
           "CodeGen/MachineBlockPlacement.cpp"),
    number(C, "align-all-blocks", 0, 5, "0", "Aligns every block, as a power of two of bytes.",
           "CodeGen/MachineBlockPlacement.cpp"),
    number(C, "x86-experimental-pref-innermost-loop-alignment", 3, 6, "4",
           "Aligns innermost loops, as a power of two of bytes.",
           "Target/X86/X86ISelLowering.cpp"),
    flag(C, "force-precise-rotation-cost", "false",
         "Chooses the bottom of a loop by a precise cost model even without a profile.",
         "CodeGen/MachineBlockPlacement.cpp"),
    flag(C, "tail-dup-placement", "true",
         "Copies small blocks into their predecessors while ordering blocks; false copies none.",
         "CodeGen/MachineBlockPlacement.cpp"),
    number(C, "tail-dup-placement-threshold", 0, 20, "2",
           "Instructions of a block that may be copied while ordering blocks.",
           "CodeGen/MachineBlockPlacement.cpp"),
    number(C, "tail-dup-placement-aggressive-threshold", 0, 30, "4",
           "The same limit as -O3 uses it.", "CodeGen/MachineBlockPlacement.cpp"),
    number(C, "tail-dup-size", 0, 30, "2",
           "Instructions of a block that may be copied into its predecessors elsewhere.",
           "CodeGen/TailDuplicator.cpp"),
    number(C, "tail-merge-size", 1, 20, "3",
           "Equal instructions at block ends from which on they are merged; higher merges less.",
           "CodeGen/BranchFolding.cpp"),
    number(C, "triangle-chain-count", 0, 8, "2",
           "If-thens in a row from which on their joins are copied.",
           "CodeGen/MachineBlockPlacement.cpp"),

    // Switches.
    number(C, "min-jump-table-entries", 2, 1000, "4",
           "Cases from which on a switch becomes a jump table; higher prefers comparisons.",
           "CodeGen/TargetLoweringBase.cpp"),
    number(C, "jump-table-density", 1, 100, "10",
           "Percentage of used slots that a jump table needs; higher prefers comparisons.",
           "CodeGen/TargetLoweringBase.cpp"),
    number(C, "switch-peel-threshold", 0, 100, "66",
           "Probability in percent from which on one case is tested before the switch.",
           "SelectionDAG/SelectionDAGBuilder.cpp"),

    // Scheduling.
    word(C, "pre-RA-sched", "list-ilp|list-hybrid|list-burr|source|linearize", "the target's",
         "Order in which instructions leave selection: parallelism, latency, few registers, or "
         "the source's.",
         "SelectionDAG/SelectionDAGISel.cpp"),
    flag(C, "enable-misched", "true",
         "Schedules machine instructions before register allocation; false keeps their order.",
         "CodeGen/MachineScheduler.cpp"),
    word(C, "misched", "converge|ilpmax|ilpmin", "the target's",
         "Strategy of the machine scheduler.", "CodeGen/MachineScheduler.cpp"),
    word(C, "misched-prera-direction", "topdown|bottomup|bidirectional", "the target's",
         "Direction of the machine scheduler.", "CodeGen/MachineScheduler.cpp"),
    flag(C, "misched-regpressure", "true",
         "Lets the machine scheduler watch register pressure; false schedules for latency.",
         "CodeGen/MachineScheduler.cpp"),
    flag(C, "enable-aa-sched-mi", "false",
         "Lets the machine scheduler move loads over stores that cannot alias.",
         "CodeGen/ScheduleDAGInstrs.cpp"),
    flag(C, "post-RA-scheduler", "the processor's",
         "Schedules once more after register allocation.", "CodeGen/PostRASchedulerList.cpp"),

    // Loop strength reduction.
    flag(C, "lsr-drop-solution", "false",
         "Keeps the loop's original addressing when the rewritten one is not cheaper.",
         "Scalar/LoopStrengthReduce.cpp"),
    flag(C, "lsr-insns-cost", "true",
         "Counts instructions first when it chooses addressing; false counts registers first.",
         "Scalar/LoopStrengthReduce.cpp"),
    number(C, "lsr-complexity-limit", 100, 200000, "65535",
           "Combinations tried before addressing is chosen by a shortcut.",
           "Scalar/LoopStrengthReduce.cpp"),
    number(C, "lsr-setupcost-depth-limit", 0, 20, "7",
           "Depth to which the set-up cost of an address is followed.",
           "Scalar/LoopStrengthReduce.cpp"),
    flag(C, "enable-lsr-phielim", "true", "Removes loop counters that equal one another.",
         "Scalar/LoopStrengthReduce.cpp"),

    // Redundancy, sinking, registers.
    flag(C, "aggressive-machine-cse", "false",
         "Removes common subexpressions of machine code even where a register gets scarce.",
         "CodeGen/MachineCSE.cpp"),
    flag(C, "machine-sink-split", "true",
         "Splits edges so that a computation can sink to where it is needed.",
         "CodeGen/MachineSink.cpp"),
    number(C, "machine-sink-split-probability-threshold", 0, 100, "40",
           "Probability in percent up to which an edge is split for a single instruction.",
           "CodeGen/MachineSink.cpp"),
    flag(C, "combiner-global-alias-analysis", "false",
         "Lets instruction selection use alias analysis to reorder and merge memory accesses.",
         "SelectionDAG/DAGCombiner.cpp"),
    flag(C, "mul-constant-optimization", "true",
         "Multiplies by constants with shifts and lea; false uses the multiplier.",
         "Target/X86/X86ISelLowering.cpp"),
    flag(C, "join-globalcopies", "the target's",
         "Coalesces copies across blocks: fewer moves, longer live ranges.",
         "CodeGen/RegisterCoalescer.cpp"),
    flag(C, "join-splitedges", "false", "Coalesces copies on split edges.",
         "CodeGen/RegisterCoalescer.cpp"),
    flag(C, "terminal-rule", "true",
         "Coalesces so that copies at the end of a live range go last.",
         "CodeGen/RegisterCoalescer.cpp"),
    number(C, "regalloc-csr-first-time-cost", 0, 1000, "the target's",
           "Cost of the first use of a callee-saved register; higher spills or splits instead.",
           "CodeGen/RegAllocGreedy.cpp"),
    word(C, "split-spill-mode", "default|size|speed", "speed",
         "How spills of split live ranges are placed.", "CodeGen/InlineSpiller.cpp"),
    number(C, "grow-region-complexity-budget", 0, 100000, "10000",
           "Effort spent on finding the region in which a value keeps a register.",
           "CodeGen/RegAllocGreedy.cpp"),

    // Passes that can be left out, by the name on which -debug-pass knows them.
    machine_pass("loop-reduce", "Addresses in loops are not rewritten by strength reduction.",
         "Scalar/LoopStrengthReduce.cpp"),
    machine_pass("consthoist", "Expensive constants are not hoisted.", "Scalar/ConstantHoisting.cpp"),
    machine_pass("early-ifcvt", "Short branches are not turned into conditional moves.",
         "CodeGen/EarlyIfConversion.cpp"),
    machine_pass("machine-combiner", "Chains of machine instructions are not rebalanced.",
         "CodeGen/MachineCombiner.cpp"),
    machine_pass("machine-cse", "Common subexpressions of machine code stay.", "CodeGen/MachineCSE.cpp"),
    machine_pass("early-machinelicm", "Invariant machine instructions stay inside loops.",
         "CodeGen/MachineLICM.cpp"),
    machine_pass("machine-sink", "Machine instructions are not sunk towards their use.",
         "CodeGen/MachineSink.cpp"),
    machine_pass("peephole-opt", "No peephole optimisation of machine code.",
         "CodeGen/PeepholeOptimizer.cpp"),
    machine_pass("branch-folder", "Equal block ends are not merged.", "CodeGen/BranchFolding.cpp"),
    machine_pass("early-tailduplication", "Small blocks are not copied into predecessors early.",
         "CodeGen/TailDuplication.cpp"),
    machine_pass("block-placement", "Blocks keep the order in which they were formed.",
         "CodeGen/MachineBlockPlacement.cpp"),
};

} // namespace

std::span<const Entry> codegen_entries() { return entries; }

} // namespace autopass
