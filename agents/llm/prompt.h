// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a model is told: the task and the vocabulary (ours), then evidence and past trials (data,
// marked as untrusted). No source text, no paths, no command lines; bounded.
#pragma once

#include "agents/roles.h"
#include "protocol.h"

namespace autopass::llm {

Prompt make_prompt(const SearchState& state);

} // namespace autopass::llm
