// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How often, and how long: 408, 409, 429, 5xx and broken connections are tried again at most twice,
// after 0.5 s doubling to at most 8 s, less a little at random so that many builders do not return
// together. A server that asks for a longer pause is not asked again: the session has the embedded
// expert and does better without waiting. An exhausted quota does not refill by asking. Redirects
// are not followed: one that was carried the prompt to another host.
//
// Invariant: no more than `timeout` seconds, no more than `most_bytes` bytes, and the key in no
// message.
#include "transport.h"

#include "agents/json_fields.h"
#include "util/text.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <curl/curl.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

namespace autopass::llm {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int most_retries = 2;
constexpr double first_wait = 0.5;
constexpr double longest_wait = 8;
constexpr double connect_timeout = 5;

struct Free {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
  void operator()(char* text) const { curl_free(text); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

struct Attempt {
  CURLcode code = CURLE_OK;
  long status = 0;
  std::string body;
  bool too_large = false;
  std::optional<double> wait; // what the server asked for
};

// What arrives, until it is more than was allowed; then the transfer is ended.
struct Sink {
  std::string body;
  std::uint64_t most = 0;
  bool full = false;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* user) {
  Sink& sink = *static_cast<Sink*>(user);
  const std::size_t bytes = size * count;
  if (sink.body.size() + bytes > sink.most) {
    sink.full = true;
    return 0;
  }
  sink.body.append(data, bytes);
  return bytes;
}

std::string header(CURL* handle, const char* name) {
  curl_header* found = nullptr;
  return curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value
                                                                                  : "";
}

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) {
    return {};
  }
  const Owned<char> owned(text);
  return owned.get();
}

// A model on this machine is not reached through the proxy of the company network.
bool is_loopback(const std::string& url) {
  const Owned<CURLU> parsed(curl_url());
  curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0);
  const std::string host = part(parsed.get(), CURLUPART_HOST);
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Attempt attempt(const Request& request, double seconds) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  Attempt result;
  const Owned<CURL> handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  if (handle == nullptr) {
    result.code = CURLE_FAILED_INIT;
    return result;
  }
  Owned<curl_slist> headers(curl_slist_append(nullptr, "Content-Type: application/json"));
  curl_slist_append(headers.get(), "Accept: application/json");
  curl_slist_append(headers.get(), "Expect:");
  if (!request.key.empty()) {
    curl_slist_append(headers.get(), ("Authorization: Bearer " + request.key).c_str());
  }
  Sink sink{{}, request.most_bytes, false};
  CURL* const curl = handle.get();
  const auto milliseconds = [](double value) { return static_cast<long>(value * 1000) + 1; };
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "autopass");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds(seconds));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   milliseconds(std::min(seconds, connect_timeout)));
  if (is_loopback(request.url)) {
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
  }
  result.code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &result.status);
  result.wait = wait_asked_for(header(curl, "retry-after-ms"), header(curl, "retry-after"),
                               std::time(nullptr));
  result.body = std::move(sink.body);
  result.too_large = sink.full;
  return result;
}

bool quota_is_exhausted(const Attempt& attempt) {
  const nlohmann::json body = nlohmann::json::parse(attempt.body, nullptr, false);
  const nlohmann::json* error = field(body, "error");
  return error != nullptr && (text_field(*error, "code", 64) == "insufficient_quota" ||
                              text_field(*error, "type", 64) == "insufficient_quota");
}

bool worth_another_try(const Attempt& attempt) {
  if (attempt.code != CURLE_OK) {
    return attempt.code != CURLE_OPERATION_TIMEDOUT && !attempt.too_large &&
           attempt.code != CURLE_URL_MALFORMAT && attempt.code != CURLE_UNSUPPORTED_PROTOCOL;
  }
  return attempt.status == 408 || attempt.status == 409 || attempt.status >= 500 ||
         (attempt.status == 429 && !quota_is_exhausted(attempt));
}

double pause(const Attempt& attempt, int retry) {
  if (attempt.wait) {
    return *attempt.wait;
  }
  static std::mt19937 random(std::random_device{}());
  const double jitter = std::uniform_real_distribution<double>(0.75, 1.0)(random);
  return std::min(first_wait * (1 << retry), longest_wait) * jitter;
}

// Servers echo what they were sent; the key must not come back to the user's screen or our files.
std::string without_key(std::string text, const std::string& key) {
  for (std::size_t at = 0; !key.empty() && (at = text.find(key, at)) != std::string::npos;) {
    text.replace(at, key.size(), "***");
  }
  return text;
}

tl::unexpected<Error> explain(const Attempt& attempt, const Request& request) {
  const std::string where = "the model at " + request.url;
  if (attempt.too_large) {
    return fail(format("%s sent more than %llu bytes", where.c_str(),
                       static_cast<unsigned long long>(request.most_bytes)),
                {}, "llm-too-large");
  }
  if (attempt.code == CURLE_OPERATION_TIMEDOUT) {
    return fail(where + " did not answer in time", "set a longer timeout for the model",
                "llm-timeout");
  }
  if (attempt.code != CURLE_OK) {
    return fail("no answer from " + where + ": " + curl_easy_strerror(attempt.code),
                "check that the server runs and that the endpoint is right", "llm-connection");
  }
  if (attempt.status == 429 && quota_is_exhausted(attempt)) {
    return fail(where + ": the quota is used up", "look at the provider's account", "llm-quota");
  }
  const std::string said = one_line(without_key(attempt.body, request.key), 200);
  return fail(format("%s answered HTTP %ld: %s", where.c_str(), attempt.status, said.c_str()),
              attempt.status == 401 ? "check AUTOPASS_LLM_KEY" : "",
              format("llm-http-%ld", attempt.status));
}

} // namespace

std::optional<double> wait_asked_for(std::string_view retry_after_ms, std::string_view retry_after,
                                     std::int64_t now) {
  const auto number = [](std::string_view text) -> std::optional<double> {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && value >= 0 && value < 1e9 ? std::optional(value) : std::nullopt;
  };
  if (const std::optional<double> milliseconds = number(trim(retry_after_ms))) {
    return *milliseconds / 1000;
  }
  if (const std::optional<double> seconds = number(trim(retry_after))) {
    return seconds;
  }
  const std::time_t date = curl_getdate(std::string(retry_after).c_str(), nullptr);
  return date < 0 ? std::nullopt
                  : std::optional(static_cast<double>(std::max<std::int64_t>(date - now, 0)));
}

Result<std::string> completions_url(const std::string& endpoint) {
  const Owned<CURLU> url(curl_url());
  if (has_control(endpoint) ||
      curl_url_set(url.get(), CURLUPART_URL, endpoint.c_str(), 0) != CURLUE_OK) {
    return fail("the model's endpoint is not a URL: " + one_line(endpoint, 200),
                "it looks like http://127.0.0.1:8080/v1", "llm-endpoint");
  }
  const std::string scheme = part(url.get(), CURLUPART_SCHEME);
  if ((scheme != "http" && scheme != "https") || !part(url.get(), CURLUPART_USER).empty() ||
      !part(url.get(), CURLUPART_QUERY).empty() || !part(url.get(), CURLUPART_FRAGMENT).empty()) {
    return fail("the model's endpoint must be http or https, without user, query and fragment",
                "put the key into AUTOPASS_LLM_KEY", "llm-endpoint");
  }
  std::string base = endpoint;
  while (base.ends_with('/')) {
    base.pop_back();
  }
  return base + "/chat/completions";
}

Result<std::string> post(const Request& request) {
  if (has_control(request.key)) {
    return fail("AUTOPASS_LLM_KEY holds a control character", {}, "llm-endpoint");
  }
  const Clock::time_point start = Clock::now();
  const auto left = [&] {
    return request.timeout - std::chrono::duration<double>(Clock::now() - start).count();
  };
  for (int retry = 0;; ++retry) {
    Attempt result = attempt(request, std::max(left(), 0.05));
    if (result.code == CURLE_OK && result.status >= 200 && result.status < 300) {
      return std::move(result.body);
    }
    const double wait = pause(result, retry);
    if (retry == most_retries || !worth_another_try(result) || wait > longest_wait ||
        wait > left()) {
      return explain(result, request);
    }
    std::this_thread::sleep_for(std::chrono::duration<double>(wait));
  }
}

} // namespace autopass::llm
