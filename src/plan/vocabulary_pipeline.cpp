// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Passes that the default pipeline does not run. An entry here is more than a pass: where it runs,
// and what cleans up after it, is part of its meaning (src/pass/pipeline.cpp).
#include "vocabulary_tables.h"

namespace autopass {

namespace {

constexpr Entry entries[] = {
    only_true(Kind::Pipeline, "polly",
              "The polyhedral optimiser works on the loop nests of the function, which stays out of "
              "line, before the vectorisers; nothing happens where clang was built without it.",
              "polly/lib/Support/RegisterPasses.cpp"),
    only_true(Kind::Pipeline, "dfa-jump-threading",
              "A switch in a loop whose next case is known jumps straight to it.",
              "Scalar/DFAJumpThreading.cpp"),
};

} // namespace

std::span<const Entry> pipeline_entries() { return entries; }

} // namespace autopass
