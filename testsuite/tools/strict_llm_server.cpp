// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A chat-completions server for tests: strict about what it is sent, and able to misbehave in each
// way that a real one does.
//
//   strict-llm-server MODE --port-file FILE [--log FILE] [--key KEY]
//
// Listens on 127.0.0.1 and writes the port to FILE once it is there. Dies with its parent. Each
// request becomes one JSON line of the log: path, status, body. It serves until it is killed.
#include <algorithm>
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
#include <regex>
#include <set>
#include <sys/prctl.h>
#include <thread>
#include <vector>

namespace {

using nlohmann::json;

struct Options {
  std::string mode, port_file, log, key;
};

json error_body(const std::string& message, const std::string& type, const std::string& code) {
  return {{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", code}}}};
}

// ---- What a request must be. An empty string: it is right.

// Strict schemas: every property required, nothing else allowed, all the way down.
std::string schema_problem(const json& schema) {
  if (!schema.is_object() || !schema.contains("type")) {
    return "a schema needs a type";
  }
  if (schema["type"] == "array") {
    return schema.contains("items") ? schema_problem(schema["items"]) : "an array needs items";
  }
  if (schema["type"] != "object") {
    return "";
  }
  if (!schema.contains("additionalProperties") || schema["additionalProperties"] != false) {
    return "'additionalProperties' is required to be false";
  }
  std::set<std::string> required;
  for (const json& name : schema.value("required", json::array())) {
    required.insert(name);
  }
  const json properties = schema.value("properties", json::object());
  for (const auto& [name, property] : properties.items()) {
    if (required.count(name) == 0) {
      return "'required' must list '" + name + "'";
    }
    if (std::string problem = schema_problem(property); !problem.empty()) {
      return problem;
    }
  }
  return "";
}

std::string format_problem(const json& format) {
  if (!format.is_object() || format.value("type", "") != "json_schema") {
    return "'response_format' must be of type json_schema";
  }
  const json schema = format.value("json_schema", json());
  if (!schema.is_object() ||
      !std::regex_match(schema.value("name", ""), std::regex("[A-Za-z0-9_-]{1,64}"))) {
    return "'json_schema' needs a name";
  }
  return schema.value("strict", false) ? schema_problem(schema.value("schema", json()))
                                       : "'strict' must be true";
}

std::string messages_problem(const json& messages) {
  if (!messages.is_array() || messages.empty()) {
    return "'messages' must be a list that is not empty";
  }
  for (const json& message : messages) {
    static const std::set<std::string> roles = {"system", "user", "assistant"};
    if (!message.is_object() || message.size() != 2 ||
        roles.count(message.value("role", "")) == 0 || !message.contains("content") ||
        !message["content"].is_string() ||
        message["content"].get_ref<const std::string&>().empty()) {
      return "a message needs a role and a content that is not empty";
    }
  }
  return messages.back()["role"] == "user" ? "" : "the last message must be the user's";
}

std::string body_problem(const std::string& text) {
  const json body = json::parse(text, nullptr, false);
  if (!body.is_object()) {
    return "We could not parse the JSON body of your request.";
  }
  static const std::map<std::string, std::function<std::string(const json&)>> known = {
      {"model",
       [](const json& v) { return v.is_string() && !v.empty() ? "" : "'model' must be a string"; }},
      {"messages", messages_problem},
      {"temperature",
       [](const json& v) {
         return v.is_number() && v >= 0 && v <= 2 ? "" : "'temperature' is 0 to 2";
       }},
      {"max_tokens",
       [](const json& v) {
         return v.is_number_integer() && v > 0 ? "" : "'max_tokens' must be positive";
       }},
      {"response_format", format_problem},
  };
  for (const auto& [name, value] : body.items()) {
    const auto check = known.find(name);
    if (check == known.end()) {
      return "Unrecognized request argument supplied: " + name;
    }
    if (std::string problem = check->second(value); !problem.empty()) {
      return problem;
    }
  }
  for (const char* needed : {"model", "messages"}) {
    if (!body.contains(needed)) {
      return std::string("you must provide '") + needed + "'";
    }
  }
  return "";
}

// ---- What a model might say.

std::vector<std::string> fingerprints(const std::string& body) {
  const std::string prompt = json::parse(body)["messages"].back()["content"];
  static const std::regex pattern("\"function\":\"([0-9a-f]{32})\"");
  std::vector<std::string> found;
  for (std::sregex_iterator at(prompt.begin(), prompt.end(), pattern), end; at != end; ++at) {
    if (std::find(found.begin(), found.end(), (*at)[1]) == found.end()) {
      found.push_back((*at)[1]);
    }
  }
  return found;
}

struct Idea {
  const char *kind, *name, *value, *hypothesis;
};

json proposal(const std::vector<std::string>& functions, const Idea& idea) {
  json edits = json::array();
  for (const std::string& function : functions) {
    edits.push_back({{"function", function},
                     {"kind", idea.kind},
                     {"name", idea.name},
                     {"value", idea.value},
                     {"loop", -1}});
  }
  return {{"hypothesis", idea.hypothesis}, {"predicted_ratio", 1.04}, {"edits", edits}};
}

// Three rounds of sound ideas, then nothing more.
std::string good_content(const std::string& body, int round) {
  static const std::vector<std::vector<Idea>> rounds = {
      {{"params", "unroll-count", "4", "unrolling shares loop tests"},
       {"codegen", "x86-cmov-converter", "false", "kept conditional moves mispredict nothing"}},
      {{"skip", "LoopUnrollPass", "0", "compact loops fit the decoded-instruction cache"},
       {"params", "two-entry-phi-node-folding-threshold", "0", "branches break dependence chains"}},
      {{"params", "unroll-count", "8", "more of what helped"}},
  };
  json proposals = json::array();
  if (round < static_cast<int>(rounds.size())) {
    for (const Idea& idea : rounds[static_cast<std::size_t>(round)]) {
      proposals.push_back(proposal(fingerprints(body), idea));
    }
  }
  return json{{"proposals", proposals}}.dump();
}

std::string made_up_content(const std::string& body) {
  const std::vector<std::string> functions = fingerprints(body);
  json proposals = {proposal(functions, {"skip", "QuantumVectorizerPass", "0", "it sounds fast"}),
                    proposal(functions, {"params", "enable-turbo-mode", "true", "who would not"}),
                    proposal({std::string(32, 'f')}, {"params", "unroll-count", "4", "a stranger"}),
                    proposal(functions, {"passes", "lower-atomic", "0", "locks are slow"}),
                    proposal(functions, {"params", "unroll-count", "-load=/tmp/evil.so", "text"})};
  return json{{"proposals", proposals}}.dump();
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

// ---- The server.

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
