// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Passes of a plan in the words of LLVM's own pipeline language. Made from typed data alone: no text
// of a plan is in it but names that the vocabulary lists.
#pragma once

#include "plan.h"

#include <span>
#include <string>

namespace autopass {

// "licm<no-allowspeculation>". Options that have no words in that language are not in it.
std::string pass_text(const PassUse& use);
// The whole list, loop passes that follow one another in one manager: "sroa,loop-mssa(licm),gvn".
std::string pipeline_text(std::span<const PassUse> passes);

// True when a run of loop passes needs the memory graph.
bool needs_memory_graph(std::span<const PassUse> loop_passes);
// How many passes from the beginning on work on loops and can share a manager.
std::size_t leading_loop_passes(std::span<const PassUse> passes);

} // namespace autopass
