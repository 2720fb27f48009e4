// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A plan in words: what each of its elements means, and what becomes of the function's pipeline.
#pragma once

#include "plan/plan.h"

#include <string>
#include <vector>

namespace autopass {

struct ElementText {
  std::string element; // as elements() has it
  std::string what;    // the vocabulary's sentence
};
std::vector<ElementText> explain_elements(const Plan& plan);

// One stage a line, "stage", "what runs there": for people, not for LLVM.
struct StageText {
  std::string stage, what;
};
std::vector<StageText> effective_pipeline(const Plan& plan);

} // namespace autopass
