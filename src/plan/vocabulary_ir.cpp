// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a plan writes into the IR itself: function attributes, loop hints, decisions on calls, a
// profile. Nothing here changes the meaning of the code or takes hardening away.
#include "vocabulary_tables.h"

#include <limits>

namespace autopass {

namespace {

constexpr Entry tuning(std::string_view name, std::string_view fallback, std::string_view what) {
  return flag(Kind::Attrs, name, fallback, what, "Target/X86/X86.td");
}

constexpr Entry attrs[] = {
    word(Kind::Attrs, "tune-cpu",
         "generic|x86-64|x86-64-v2|x86-64-v3|x86-64-v4|sandybridge|haswell|broadwell|skylake|"
         "skylake-avx512|cascadelake|icelake-client|icelake-server|sapphirerapids|alderlake|"
         "znver1|znver2|znver3|znver4|znver5",
         "generic", "Schedules and costs for this processor; the instruction set stays the same.",
         "Target/X86/X86Subtarget.cpp"),
    word(Kind::Attrs, "prefer-vector-width", "128|256|512", "the processor's",
         "Width in bits that the vectorisers aim at, within the allowed instruction set.",
         "Target/X86/X86Subtarget.cpp"),
    only_true(Kind::Attrs, "noinline",
              "Keeps the function out of its callers, so that its own passes see it alone.",
              "IPO/Inliner.cpp"),
    only_true(Kind::Attrs, "inlinehint", "Makes callers inline this function more readily.",
              "Analysis/InlineCost.cpp"),
    only_true(Kind::Attrs, "no-jump-tables", "Switches become comparisons, never jump tables.",
              "CodeGen/TargetLoweringBase.cpp"),
    only_true(Kind::Attrs, "optsize",
              "Prefers small code: little unrolling, no loop versioning, no alignment.",
              "Transforms/Utils/SizeOpts.cpp"),
    only_true(Kind::Attrs, "minsize", "Prefers the smallest code, whatever it costs.",
              "Transforms/Utils/SizeOpts.cpp"),
    only_true(Kind::Attrs, "optforfuzzing",
              "Small ifs stay branches, comparisons stay comparisons: nothing is folded into "
              "selects.",
              "Scalar/SimplifyCFGPass.cpp"),
    // Properties of a processor that decide between equal instructions, never which there are.
    tuning("idivq-to-divl", "the processor's, true",
           "64-bit divisions first look whether a 32-bit one will do."),
    tuning("slow-3ops-lea", "the processor's, true",
           "Additions of three operands are not done by one address computation."),
    tuning("slow-incdec", "the processor's, true",
           "Counts by add and sub; false by the shorter inc and dec."),
    tuning("slow-shld", "the processor's, false", "Shifts of two registers are spelt out."),
    tuning("slow-lea", "the processor's, false",
           "Adds and shifts instead of address computations."),
    tuning("prefer-no-gather", "the processor's, false",
           "Vector loads from scattered addresses are done one by one."),
    word(Kind::Attrs, "align", "16|32|64", "16", "Aligns the function's entry, in bytes.",
         "IR/Globals.cpp"),
};

constexpr Entry loops[] = {
    word(Kind::Loops, "width", "1|2|4|8|16|32", "chosen by cost",
         "Lanes of the vectorised loop; 1 keeps it scalar.", "Vectorize/LoopVectorize.cpp"),
    number(Kind::Loops, "interleave", 1, 16, "chosen by cost",
           "Vectors or iterations in flight at once; 1 does not interleave.",
           "Vectorize/LoopVectorize.cpp"),
    flag(Kind::Loops, "vectorize", "chosen by cost",
         "True vectorises whenever it is legal, false never.", "Vectorize/LoopVectorize.cpp"),
    number(Kind::Loops, "unroll", 1, 32, "chosen by cost",
           "Unrolls the loop this many times; 1 does not unroll it.",
           "Scalar/LoopUnrollPass.cpp"),
    only_true(Kind::Loops, "unroll-full", "Unrolls the loop completely, where its count is known.",
              "Scalar/LoopUnrollPass.cpp"),
    only_false(Kind::Loops, "runtime-unroll",
               "The loop is not unrolled where its count is known at run time only.",
               "Scalar/LoopUnrollPass.cpp"),
    only_false(Kind::Loops, "licm",
               "Nothing is moved out of the loop behind vectorisation.", "Scalar/LICM.cpp"),
    word(Kind::Loops, "align", "16|32|64|128", "the processor's",
         "Aligns the loop's first block, in bytes.", "Target/X86/X86ISelLowering.cpp"),
    flag(Kind::Loops, "distribute", "false",
         "Splits the loop so that a part of it can be vectorised.", "Scalar/LoopDistribute.cpp"),
    flag(Kind::Loops, "predicate", "false",
         "Masks the last iterations of the vectorised loop instead of running a remainder.",
         "Vectorize/LoopVectorize.cpp"),
};

constexpr Entry calls[] = {
    flag(Kind::Calls, "inline", "chosen by cost",
         "True inlines the callee here, false keeps the call.", "IPO/Inliner.cpp"),
};

constexpr Entry profile[] = {
    number(Kind::Profile, "entry", 0, std::numeric_limits<std::int64_t>::max(), "unknown",
           "How often the function was entered in a measured run.",
           "Analysis/BlockFrequencyInfo.cpp"),
    number(Kind::Profile, "weights", 0, std::numeric_limits<std::uint32_t>::max(),
           "guessed from the shape of the code",
           "How often each way out of a branch, switch or select was taken in a measured run: what "
           "inlining, block order, unrolling and register allocation go by.",
           "Analysis/BranchProbabilityInfo.cpp"),
};

} // namespace

std::span<const Entry> attrs_entries() { return attrs; }
std::span<const Entry> loops_entries() { return loops; }
std::span<const Entry> calls_entries() { return calls; }
std::span<const Entry> profile_entries() { return profile; }

} // namespace autopass
