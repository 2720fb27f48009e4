// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How often LLVM expects each block to run, for one run of the function: from branch weights where
// there are any, else from its rules of thumb. Analyses are made afresh and thrown away, as in
// loop_facts.cpp.
#include "evidence_log.h"

#include <llvm/Analysis/BlockFrequencyInfo.h>
#include <llvm/Analysis/BranchProbabilityInfo.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Dominators.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

constexpr std::size_t most_blocks = 8;
constexpr double least_share = 0.01;

struct Block {
  std::int64_t number = 0, instructions = 0, depth = 0;
  double frequency = 0; // runs for each run of the function
  double work() const { return frequency * double(instructions); }
};

// Of what is not negative; std::round() would load a library of mathematics into each compile.
double rounded(double value) { return static_cast<double>(static_cast<std::int64_t>(value * 1000 + 0.5)) / 1000; }

} // namespace

json::Array hot_blocks(Function& function) {
  DominatorTree dominators(function);
  LoopInfo loops(dominators);
  BranchProbabilityInfo probabilities(function, loops, nullptr, &dominators);
  BlockFrequencyInfo frequencies(function, probabilities, loops);
  const double entry = double(frequencies.getEntryFreq().getFrequency());
  std::vector<Block> blocks;
  double all = 0;
  for (const BasicBlock& block : function) {
    Block one;
    one.number = std::int64_t(blocks.size());
    one.instructions = std::int64_t(block.size());
    one.depth = std::int64_t(loops.getLoopDepth(&block));
    one.frequency =
        entry > 0 ? double(frequencies.getBlockFreq(&block).getFrequency()) / entry : 0;
    all += one.work();
    blocks.push_back(one);
  }
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const Block& a, const Block& b) { return a.work() > b.work(); });
  json::Array hottest;
  for (const Block& block : blocks) {
    const double share = all > 0 ? block.work() / all : 0;
    if (hottest.size() == most_blocks || share < least_share) {
      break;
    }
    hottest.push_back(json::Object{{"block", block.number},
                                   {"depth", block.depth},
                                   {"instructions", block.instructions},
                                   {"frequency", rounded(block.frequency)},
                                   {"share", rounded(share)}});
  }
  return hottest;
}

} // namespace autopass
