// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One POST to a provider: bounded in time and size, retried where that can help, silent about the
// key. Every failure costs seconds and has a name.
#pragma once

#include "util/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopass::llm {

struct Request {
  std::string url;
  std::string body;    // JSON
  std::string key;     // bearer token; empty: no such header
  double timeout = 60; // seconds for everything, retries and waiting included
  std::uint64_t most_bytes = 1 << 20;
};

// The body of a 2xx answer. Reasons of errors: llm-endpoint (not a URL that we use),
// llm-connection, llm-timeout, llm-too-large, llm-quota, llm-http-<status>.
Result<std::string> post(const Request& request);

// "<endpoint>/chat/completions", after a look at what was configured.
Result<std::string> completions_url(const std::string& endpoint);

// Seconds that a server asks to wait: "retry-after-ms" first, else "retry-after" as seconds or as
// an HTTP date. Nothing when neither makes sense.
std::optional<double> wait_asked_for(std::string_view retry_after_ms, std::string_view retry_after,
                                     std::int64_t now);

} // namespace autopass::llm
