// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The chat-completions protocol as OpenAI-compatible servers speak it.
#pragma once

#include "util/error.h"

#include <string>
#include <vector>

namespace autopass::llm {

struct Prompt {
  std::string system, user;
};

// Strict: with a JSON schema for the answer, a low temperature and a limit of tokens. Plain:
// messages only, for servers that refuse the rest.
enum class Style { Strict, Plain };

// `functions`: the fingerprints that an answer may name.
std::string chat_request(const std::string& model, const Prompt& prompt,
                         const std::vector<std::string>& functions, Style style);

// The text of the first choice. Reasons of errors: llm-not-json, llm-malformed, llm-length,
// llm-refusal, llm-content-filter: in all of them there is no proposal.
Result<std::string> chat_content(const std::string& body);

} // namespace autopass::llm
