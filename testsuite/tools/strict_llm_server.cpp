// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A chat-completions server for tests: strict about what it is sent, and able to misbehave in each
// way that a real one does.
//
//   strict-llm-server MODE --port-file FILE [--log FILE] [--key KEY]
//
// Listens on 127.0.0.1 and writes the port to FILE once it is there. Dies with its parent. Each
// request becomes one JSON line of the log: path, status, body. It serves until it is killed.
#include "llm_content.h"
#include "llm_request.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <functional>
#include <httplib.h>
#include <iostream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sys/prctl.h>
#include <thread>

namespace {

using nlohmann::json;

struct Options {
  std::string mode, port_file, log, key;
};

json error_body(const std::string& message, const std::string& type, const std::string& code) {
  return {{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", code}}}};
}

json completion(const std::string& content, const std::string& finish) {
  return {{"id", "chatcmpl-1"},
          {"object", "chat.completion"},
          {"created", 1},
          {"model", "test"},
          {"choices",
           {{{"index", 0},
             {"message", {{"role", "assistant"}, {"content", content}, {"refusal", nullptr}}},
             {"finish_reason", finish}}}},
          {"usage", {{"prompt_tokens", 1}, {"completion_tokens", 1}, {"total_tokens", 2}}}};
}

class Server {
public:
  explicit Server(Options options) : m_options(std::move(options)) {}

  int run() {
    m_http.Post("/v1/chat/completions",
                [this](const auto& request, auto& response) { answer(request, response); });
    m_http.set_error_handler([this](const auto& request, auto& response) {
      if (response.body.empty() && response.status == 404) {
        send(response, 404,
             error_body("Unknown request URL", "invalid_request_error", "unknown_url"));
        log(request, 404);
      }
    });
    const int port = m_http.bind_to_any_port("127.0.0.1");
    if (port < 0) {
      std::cerr << "cannot listen\n";
      return 1;
    }
    const std::string temporary = m_options.port_file + ".new";
    std::ofstream(temporary) << port << '\n';
    std::rename(temporary.c_str(), m_options.port_file.c_str());
    return m_http.listen_after_bind() ? 0 : 1;
  }

private:
  void log(const httplib::Request& request, int status) {
    if (m_options.log.empty()) {
      return;
    }
    const std::lock_guard<std::mutex> lock(m_mutex);
    std::ofstream(m_options.log, std::ios::app)
        << json{{"method", request.method},
                {"path", request.path},
                {"status", status},
                {"body", request.body}}
               .dump(-1, ' ', true, json::error_handler_t::replace)
        << '\n';
  }

  static void send(httplib::Response& response, int status, const json& body) {
    response.status = status;
    response.set_content(body.dump(), "application/json");
  }

  void answer(const httplib::Request& request, httplib::Response& response) {
    const int round = m_rounds++;
    if (!m_options.key.empty() &&
        request.get_header_value("Authorization") != "Bearer " + m_options.key) {
      send(response, 401,
           error_body("Incorrect API key: " + request.get_header_value("Authorization"),
                      "invalid_request_error", "invalid_api_key"));
    } else if (request.get_header_value("Content-Type") != "application/json") {
      send(response, 400,
           error_body("you must send JSON", "invalid_request_error", "content_type"));
    } else if (const std::string problem = body_problem(request.body); !problem.empty()) {
      send(response, 400, error_body(problem, "invalid_request_error", "invalid_request"));
    } else {
      misbehave(request, response, round);
    }
    log(request, response.status);
  }

  void misbehave(const httplib::Request& request, httplib::Response& response, int round) {
    using Answer = std::function<void()>;
    const auto error = [&](int status, const char* type, const char* code) {
      send(response, status, error_body("as asked", type, code));
    };
    const auto say = [&](const std::string& content, const char* finish = "stop") {
      send(response, 200, completion(content, finish));
    };
    const bool strict = request.body.find("\"response_format\"") != std::string::npos;
    const std::map<std::string, Answer> modes = {
        {"good", [&] { say(good_content(request.body, round)); }},
        {"fenced",
         [&] {
           say("Sure!\n```json\n" + good_content(request.body, round) + "\n```\nGood luck.");
         }},
        {"plain-only",
         [&] {
           strict ? error(400, "invalid_request_error", "unsupported")
                  : say(good_content(request.body, 0));
         }},
        {"once-500",
         [&] {
           round == 0 ? error(500, "server_error", "oops") : say(good_content(request.body, 0));
         }},
        {"made-up-passes", [&] { say(made_up_content(request.body)); }},
        {"not-json", [&] { say("I think you should unroll the loop by four."); }},
        {"html", [&] { response.set_content("<html>It works!</html>", "text/html"); }},
        {"refusal", [&] { say("", "content_filter"); }},
        {"length", [&] { say("{\"proposals\":[{\"hypo", "length"); }},
        {"429", [&] { error(429, "rate_limit", "rate_limit_exceeded"); }},
        {"429-later",
         [&] {
           error(429, "rate_limit", "rate_limit_exceeded");
           response.set_header("Retry-After", "3600");
         }},
        {"quota", [&] { error(429, "insufficient_quota", "insufficient_quota"); }},
        {"500", [&] { error(500, "server_error", "oops"); }},
        {"redirect", [&] { response.set_redirect("/v1/elsewhere", 307); }},
        {"slow",
         [&] {
           std::this_thread::sleep_for(std::chrono::seconds(20));
           say(good_content(request.body, round));
         }},
        {"cut",
         [&] {
           response.set_content_provider(100000, "application/json",
                                         [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                           sink.write("{\"choices\":[", 12);
                                           return false;
                                         });
         }},
        {"endless",
         [&] {
           response.set_chunked_content_provider("application/json",
                                                 [](std::size_t, httplib::DataSink& sink) {
                                                   const std::string piece(4096, ' ');
                                                   return sink.write(piece.data(), piece.size());
                                                 });
         }},
    };
    modes.at(m_options.mode)();
  }

  Options m_options;
  httplib::Server m_http;
  std::mutex m_mutex;
  std::atomic<int> m_rounds{0};
};

} // namespace

int main(int argc, char** argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  Options options;
  const std::map<std::string, std::string Options::*> known = {
      {"--port-file", &Options::port_file}, {"--log", &Options::log}, {"--key", &Options::key}};
  for (int i = 2; i + 1 < argc && known.count(argv[i]) > 0; i += 2) {
    options.*known.at(argv[i]) = argv[i + 1];
  }
  if (argc < 4 || options.port_file.empty()) {
    std::cerr << "usage: strict-llm-server MODE --port-file FILE [--log FILE] [--key KEY]\n";
    return 2;
  }
  options.mode = argv[1];
  return Server(options).run();
}
