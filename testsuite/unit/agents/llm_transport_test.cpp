// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The whole provider against a real server that is strict, and that misbehaves on request. Each
// failure has its own reason and costs seconds.
#include "agents/llm/transport.h"
#include "example.h"
#include "util/file.h"
#include "util/text.h"

#include <chrono>
#include <doctest/doctest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace autopass;

namespace {

const std::string key = "sk-secret-0123456789";

class Server {
public:
  explicit Server(const std::string& mode) : m_folder(ScratchFolder::create("llm").value()) {
    const std::string port_file = m_folder.path() + "/port";
    std::vector<std::string> words = {STRICT_LLM_SERVER, mode,       "--port-file", port_file,
                                      "--log",           log_path(), "--key",       key};
    std::vector<char*> argv;
    for (std::string& word : words) {
      argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    REQUIRE(posix_spawn(&m_pid, argv[0], nullptr, nullptr, argv.data(), environ) == 0);
    for (int i = 0; i < 500 && !exists(port_file); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    m_port = std::string(trim(read_file(port_file).value()));
  }
  ~Server() {
    kill(m_pid, SIGKILL);
    waitpid(m_pid, nullptr, 0);
  }
  std::string log_path() const { return m_folder.path() + "/log"; }
  std::size_t requests() const {
    return split(trim(read_file(log_path()).value_or("")), '\n').size();
  }
  std::string endpoint() const { return "http://127.0.0.1:" + m_port + "/v1"; }

private:
  ScratchFolder m_folder;
  pid_t m_pid = 0;
  std::string m_port;
};

const std::vector<Subject> asked_about = {
    example::subject(example::function("kernel", 1, {example::loop(0, 1, 0)}), 0.8)};

Result<std::vector<Proposal>> ask(const std::string& endpoint, const std::string& with_key = key,
                                  double timeout = 5) {
  const std::vector<std::vector<Finding>> findings(1);
  const std::vector<Trial> trials;
  ModelOptions options;
  options.endpoint = endpoint;
  options.model = "test";
  options.key = with_key;
  options.timeout = timeout;
  return make_model_reasoning(options)->propose({asked_about, findings, trials, 1, 100, 1, "znver4"});
}

void fails(const std::string& mode, const std::string& reason, double least = 0, double most = 4) {
  CAPTURE(std::string(mode));
  const Server server(mode);
  const auto start = std::chrono::steady_clock::now();
  const auto proposals = ask(server.endpoint(), key, mode == "slow" ? 1 : 5);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  REQUIRE_FALSE(proposals);
  CHECK(proposals.error().reason == reason);
  CHECK(proposals.error().what.find(key) == std::string::npos);
  CHECK(took.count() >= least);
  CHECK(took.count() < most);
}

} // namespace

TEST_CASE("a strict server accepts what is sent, and its proposals are valid") {
  for (const char* mode : {"good", "fenced", "plain-only", "once-500"}) {
    CAPTURE(std::string(mode));
    const Server server(mode);
    const auto proposals = ask(server.endpoint() + (mode == std::string("good") ? "/" : ""));
    REQUIRE_MESSAGE(proposals, proposals.error().what);
    REQUIRE(proposals->size() == 2);
    CHECK(proposals->front().agent == "llm:test");
    CHECK(repair(proposals->front(), asked_about)->notes.size() == 1); // "4" is read as 4
    CHECK(server.requests() ==
          (mode == std::string("good") || mode == std::string("fenced") ? 1 : 2));
  }
}

TEST_CASE("each misbehaviour has a name and costs seconds") {
  fails("not-json", "llm-not-json");
  fails("html", "llm-not-json");
  fails("refusal", "llm-content-filter");
  fails("length", "llm-length");
  fails("endless", "llm-too-large");
  fails("cut", "llm-connection", 0.9);
  fails("429", "llm-http-429", 0.9); // asked three times
  fails("429-later", "llm-http-429", 0, 1);
  fails("quota", "llm-quota", 0, 1);
  fails("500", "llm-http-500", 0.9);
  fails("redirect", "llm-http-307", 0, 1);
  fails("slow", "llm-timeout", 0.9, 3);
}

TEST_CASE("a dead server, a wrong key, a wrong endpoint") {
  CHECK(ask("http://127.0.0.1:1/v1").error().reason == "llm-connection");
  for (const char* endpoint :
       {"", "ftp://127.0.0.1/v1", "file:///etc/passwd", "http://me:pw@127.0.0.1/v1",
        "http://127.0.0.1/v1?x=1", "http://127.0.0.1/\nv1"}) {
    CAPTURE(endpoint);
    CHECK(ask(endpoint).error().reason == "llm-endpoint");
  }
  CHECK(ask("http://127.0.0.1:1/v1", "a\r\nHost: evil").error().reason == "llm-endpoint");
  const Server server("good");
  const auto refused = ask(server.endpoint(), "sk-another");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "llm-http-401");
  CHECK(refused.error().what.find("sk-another") == std::string::npos); // the server echoes it
  CHECK(ask(server.endpoint() + "/v2").error().reason == "llm-http-404");
}

TEST_CASE("made-up passes and knobs arrive, and repair refuses every one") {
  const Server server("made-up-passes");
  const auto proposals = ask(server.endpoint());
  REQUIRE(proposals);
  REQUIRE(proposals->size() == 5);
  for (const Proposal& proposal : *proposals) {
    CHECK(repair(proposal, asked_about).error().reason == "proposal-refused");
  }
}

TEST_CASE("proposals come on top of a profile that wins") {
  const Server server("good");
  const std::vector<std::vector<Finding>> findings(1);
  Plan counted;
  counted.profile = PlanProfile{{1, 2}, 9, {{3, 4}}};
  const Proposal profile{{{example::fingerprint(1), counted}, {example::fingerprint(7), counted}}, "", 1, ""};
  ModelOptions options;
  options.endpoint = server.endpoint();
  options.model = "test";
  options.key = key;
  for (const double ratio : {1.08, 0.95}) {
    const std::vector<Trial> trials = {
        {profile, Verdict::NoDifference, {ratio, ratio - 0.01, ratio + 0.01, 9}, ""}};
    const auto proposals =
        make_model_reasoning(options)->propose({asked_about, findings, trials, 1, 100, 1, "znver4"});
    REQUIRE(proposals);
    REQUIRE(proposals->size() == 2);
    for (const Proposal& proposal : *proposals) {
      CHECK(proposal.plans.size() == (ratio > 1 ? 2 : 1));
      CHECK(proposal.plans.front().plan.profile.has_value() == (ratio > 1));
      CHECK(proposal.plans.front().plan != counted);
    }
  }
  CHECK(read_file(server.log_path()).value().find("counted_branches\\\\\\\":2") != std::string::npos);
}

TEST_CASE("what was tried is not proposed again, and rounds end") {
  const Server server("once-500"); // says the same again and again
  const std::vector<std::vector<Finding>> findings(1);
  std::vector<Trial> trials;
  ModelOptions options;
  options.endpoint = server.endpoint();
  options.model = "test";
  options.key = key;
  const auto model = make_model_reasoning(options);
  const auto first = model->propose({asked_about, findings, trials, 1, 100, 1, "znver4"});
  REQUIRE(first);
  for (const Proposal& proposal : *first) {
    trials.push_back({repair(proposal, asked_about)->proposal, Verdict::NoDifference, {}, ""});
  }
  for (int i = 0; i < 10; ++i) {
    CHECK(model->propose({asked_about, findings, trials, 1, 100, 1, "znver4"})->empty());
  }
  CHECK(server.requests() == 7); // six rounds, and one answer that was asked for twice
}

TEST_CASE("how long a server asks to wait") {
  using llm::wait_asked_for;
  CHECK(wait_asked_for("", "", 0) == std::nullopt);
  CHECK(wait_asked_for("1500", "7", 0) == 1.5);
  CHECK(wait_asked_for("soon", "7", 0) == 7);
  CHECK(wait_asked_for("", "Thu, 01 Jan 1970 00:00:30 GMT", 10) == 20);
  CHECK(wait_asked_for("", "Thu, 01 Jan 1970 00:00:30 GMT", 100) == 0);
  CHECK(wait_asked_for("", "-3", 0) == std::nullopt);
  CHECK(wait_asked_for("", "nan", 0) == std::nullopt);
}
