// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From a model's text to proposals. Lenient about form (a fenced block, values of the wrong type),
// never about content: whatever it names still has to pass repair().
#pragma once

#include "agents/roles.h"

namespace autopass::llm {

// Reasons of errors: llm-not-json, llm-malformed. A proposal without a readable edit comes out with
// no plan, so that repair() refuses and counts it.
Result<std::vector<Proposal>> read_reply(const std::string& text, const std::string& agent);

} // namespace autopass::llm
