// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gate/gate.h"

#include "measure/compare.h"
#include "util/file.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace autopass;

namespace {

const std::string actor = std::getenv("ACTOR");

struct Bench {
  ScratchFolder folder = ScratchFolder::create("gate-test").value();
  Runner runner{folder.path() + "/prog", folder.path(), {}};

  Workload workload(const std::string& acts, std::vector<std::string> outputs = {}) const {
    return {"./prog " + acts, folder.path(), "/dev/null", std::move(outputs)};
  }
  Result<Gate> gate(const std::string& acts, std::vector<std::string> outputs = {}) const {
    return Gate::create(runner, workload(acts, std::move(outputs)), actor);
  }
  std::string reason(const std::string& acts, std::vector<std::string> outputs = {}) const {
    const auto result = gate(acts, std::move(outputs));
    if (!result) {
      CHECK_FALSE(result.error().what.empty());
      CHECK_FALSE(result.error().next.empty());
    }
    return result ? "" : result.error().reason;
  }
  Run run(const std::string& acts, std::vector<std::string> outputs = {}) const {
    return runner.run(workload(acts, std::move(outputs)), actor).value();
  }
};

} // namespace

TEST_CASE("a workload that proves nothing is refused with its reason") {
  Bench bench;
  CHECK(bench.reason("burn 60 say x") == "");
  CHECK(bench.reason("burn 60 say x exit 1") == "workload-failed");
  CHECK(bench.reason("burn 60 say x signal 11") == "workload-failed");
  CHECK(bench.reason("burn 60 time") == "output-varies");
  CHECK(bench.reason("say x") == "workload-too-short");
  CHECK(bench.reason("burn 60") == "workload-silent");
  CHECK(bench.reason("burn 60 write out ''", {"out"}) == "workload-silent");
  CHECK(bench.reason("burn 60 write out x", {"out"}) == "");
  CHECK(bench.reason("burn 60 say x", {"out"}) == "workload-failed");
  bench.runner.set_timeout(0.3);
  CHECK(bench.reason("say x hang") == "workload-hangs");
}

TEST_CASE("a workload that prints without end is stopped, and told how the limit is lifted") {
  Bench bench;
  bench.runner = Runner(bench.folder.path() + "/prog", bench.folder.path(), {-1, 10, 10'000});
  const Error error = bench.gate("flood").error();
  CHECK(error.reason == "workload-stopped");
  CHECK(error.what.find("it took more than 10000 bytes for one file") != std::string::npos);
  CHECK(error.next.find("ulimit -f unlimited") != std::string::npos);
  CHECK(bench.gate("exit 1").error().next.find("three quarters of this machine's memory") != std::string::npos);
}

TEST_CASE("the message of a failure holds the program's own words") {
  const auto error = Bench().gate("complain 'no such file: data.in' exit 2").error();
  CHECK(error.what.find("exit code 2") != std::string::npos);
  CHECK(error.what.find("no such file: data.in") != std::string::npos);
}

TEST_CASE("the same result is unchanged, and anything else is named") {
  const Bench bench;
  const Gate gate = bench.gate("burn 60 say hello write out 1", {"out"}).value();
  CHECK(gate.seconds() >= 0.06);
  const auto judge = [&](const std::string& acts) { return gate.judge(bench.run(acts, {"out"})); };
  CHECK(judge("say hello write out 1") == "");
  CHECK(judge("say hellO write out 1") == R"(stdout differs: "hellO\n", expected "hello\n")");
  CHECK(judge("write out 1") == R"(stdout differs: "", expected "hello\n")");
  CHECK(judge("say hello write out 2") == "output file out differs");
  CHECK(judge("say hello") == "output file out is missing");
  CHECK(judge("say hello write out 1 exit 1") == "exit code 1, expected 0");
  CHECK(judge("say hello write out 1 signal 11") == "signal 11 (Segmentation fault)");
}

TEST_CASE("a run that timed out is judged so") {
  Bench bench;
  const Gate gate = bench.gate("burn 60 say x").value();
  bench.runner.set_timeout(0.2);
  CHECK(gate.judge(bench.run("say x hang")) == "timed out");
}

TEST_CASE("a difference far behind the start is found") {
  const Bench bench;
  const std::string start(300, 'a');
  const Gate gate = bench.gate("burn 60 say " + start + "1").value();
  CHECK(gate.judge(bench.run("say " + start + "1")) == "");
  CHECK(gate.judge(bench.run("say " + start + "2")) == "stdout differs after its first 256 bytes");
}

TEST_CASE("the mutations are those that the plugin can make") {
  CHECK(mutation_names() ==
        std::vector<std::string>{"return-early", "flip-constant", "drop-store"});
}

TEST_CASE("a workload says what counts as the same result") {
  const Bench bench;
  const auto gate = [&](const Workload& workload) {
    return Gate::create(bench.runner, workload, actor).value();
  };
  Workload tolerant = bench.workload("burn 60 say 1.0 write out 2.0", {"out"});
  tolerant.tolerance = Tolerance::parse("1e-6").value();
  const Gate of_numbers = gate(tolerant);
  const auto numbers = [&](const std::string& acts) { return of_numbers.judge(bench.run(acts, {"out"})); };
  CHECK(numbers("say 1.0 write out 2.0") == "");
  CHECK(numbers("say 1.0000001 write out 2.0000001") == "");
  CHECK(numbers("say 1.1 write out 2.0") == "stdout differs in line 1: 1.1, expected 1.0");
  CHECK(numbers("say 1.0 write out 2.1") == "output file out differs in line 1: 2.1, expected 2.0");
  CHECK(numbers("say 1.0") == "output file out is missing");
  CHECK(numbers("say 1.0 write out 2.0 exit 1") == "exit code 1, expected 0");

  Workload checked = bench.workload("burn 60 say 5 write out b", {"out"});
  checked.checker = "cmp -s \"$AUTOPASS_EXPECTED/out\" \"$AUTOPASS_FOUND/out\" || exit 3; "
                    "grep -q . \"$AUTOPASS_FOUND/stdout\" || { echo empty >&2; exit 4; }";
  const Gate by_checker = gate(checked);
  const auto checks = [&](const std::string& acts) { return by_checker.judge(bench.run(acts, {"out"})); };
  CHECK(checks("say 6 write out b") == "");
  CHECK(checks("say 5 write out c") == "the checker ended with exit code 3");
  CHECK(checks("write out b") == "the checker ended with exit code 4: empty");

  Workload loud = bench.workload("burn 60 say x complain here");
  loud.checks_errors = true;
  const Gate of_errors = gate(loud);
  CHECK(of_errors.judge(bench.run("say x complain here")) == "");
  CHECK(of_errors.judge(bench.run("say x complain there")) == "stderr differs; it said: there");
  CHECK(bench.gate("burn 60 say x complain here")->judge(bench.run("say x complain there")) == "");
}

TEST_CASE("a program whose result varies passes with a checker that lets it") {
  const Bench bench;
  Workload varies = bench.workload("burn 60 time");
  CHECK(Gate::create(bench.runner, varies, actor).error().reason == "output-varies");
  varies.checker = "exit 1";
  CHECK(Gate::create(bench.runner, varies, actor).error().reason == "output-varies");
  varies.checker = "exit 0";
  CHECK(Gate::create(bench.runner, varies, actor).has_value());
}

TEST_CASE("in turn, each run is judged by what it wrote itself") {
  const Bench bench;
  const std::string jitters = bench.folder.path() + "/jitters", wrong = bench.folder.path() + "/wrong";
  const auto script = [](const std::string& path, const std::string& line) {
    REQUIRE(write_file(path, "#!/bin/sh\n\"" + actor + "\" burn 60\n" + line + "\n"));
    REQUIRE(::chmod(path.c_str(), 0755) == 0);
  };
  script(jitters, "echo \"1.0000000$(date +%N)\"");
  script(wrong, "echo 2.5");
  Workload workload = bench.workload("");
  workload.tolerance = Tolerance::parse("1e-6").value();
  const Gate gate = Gate::create(bench.runner, workload, jitters).value();
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) { // either goes first
    CompareOptions options;
    options.most = 1;
    options.seed = seed;
    const auto judge = [&](const Run& run) { return gate.judge(run); };
    const auto found = compare(bench.runner, workload, jitters, wrong, judge, options);
    REQUIRE_MESSAGE(found.has_value(), found.error().what);
    CHECK(found->ended == Ended::WrongOutput);
    CHECK(compare(bench.runner, workload, jitters, jitters, judge, options)->ended == Ended::Done);
  }
}

TEST_CASE("through a prefix, what prints its own path is refused, and advice says where it leads") {
  Bench bench;
  RunnerOptions options;
  options.prefix = Prefix::parse("env A=b", "/").value();
  bench.runner = Runner(bench.folder.path() + "/prog", bench.folder.path() + "/scratch", options);
  CHECK(bench.reason("burn 60 say x") == "");
  CHECK(bench.reason("burn 60 argv0") == "output-varies");
  const Error missing = bench.gate("burn 60 say x", {"out"}).error();
  CHECK(missing.next.find("scratch under this path") != std::string::npos);
  CHECK(missing.next.find("--sandbox=off") == std::string::npos);
  bench.runner.set_timeout(0.3);
  CHECK(bench.gate("say x hang").error().next.find("may not have ended") != std::string::npos);
  if (const auto sandbox = Sandbox::create()) {
    options.sandbox = *sandbox;
    bench.runner = Runner(bench.folder.path() + "/prog", bench.folder.path() + "/scratch", options);
    CHECK(bench.gate("burn 60 say x", {"out"}).error().next.find("--sandbox=off") != std::string::npos);
  }
}
