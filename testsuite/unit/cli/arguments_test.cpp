// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/arguments.h"

#include <doctest/doctest.h>

using namespace autopass;

static Parsed parse(std::vector<std::string> words) {
  words.insert(words.begin(), "autopass");
  std::vector<char*> argv;
  for (auto& word : words) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  return parse_arguments(static_cast<int>(words.size()), argv.data());
}

TEST_CASE("tune: options may come before and after the target, workloads more than once") {
  const Parsed parsed = parse({"tune", "--run", "./p -a", "./p", "--run", "./p -b", "--holdout",
                               "./p -c", "--budget", "30m", "--agent", "llm", "--json"});
  REQUIRE(parsed.invocation);
  const auto& tune = std::get<TuneArguments>(*parsed.invocation);
  CHECK(tune.target == "./p");
  CHECK(tune.workload.run == std::vector<std::string>{"./p -a", "./p -b"});
  CHECK(tune.workload.holdout == std::vector<std::string>{"./p -c"});
  CHECK(tune.budget == "30m");
  CHECK(tune.agent == "llm");
  CHECK(tune.json);
  CHECK_FALSE(tune.dry_run);
}

TEST_CASE("samples go to a file where some are taken to confirm, and nowhere else") {
  CHECK(std::get<TuneArguments>(*parse({"tune", "--csv", "x.csv"}).invocation).csv == "x.csv");
  CHECK(std::get<VerifyArguments>(*parse({"verify", "--csv", "x.csv"}).invocation).csv == "x.csv");
  CHECK_FALSE(parse({"tune", "--dry-run", "--csv", "x.csv"}).invocation);
  CHECK_FALSE(parse({"verify", "--matrix", "--csv", "x.csv"}).invocation);
}

TEST_CASE("the words of a command are not ours, whatever they look like") {
  const std::vector<std::string> make = {"make", "--json", "-V"};
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"run", "--", "make", "--json", "-V"}, {"run", "make", "--json", "-V"}}) {
    const Parsed parsed = parse(words);
    REQUIRE(parsed.invocation);
    CHECK(std::get<RunArguments>(*parsed.invocation).command == make);
  }
  const Parsed parsed = parse({"explain", "--json", "--", "clang", "-c", "--json"});
  REQUIRE(parsed.invocation);
  const auto& explain = std::get<ExplainArguments>(*parsed.invocation);
  CHECK(explain.json);
  CHECK(explain.output.empty());
  CHECK(explain.command == std::vector<std::string>{"clang", "-c", "--json"});
}

TEST_CASE("what is not known is a usage error") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"tnue"},
                                                {"tune", "--budgt", "5m"},
                                                {"tune", "a", "b"},
                                                {"tune", "--agent", "oracle"},
                                                {"undo"},
                                                {"run"},
                                                {"run", "--"},
                                                {"explain"},
                                                {"explain", "a.o", "--", "clang"},
                                                {"stats", "--work"},
                                                {"diff"},
                                                {"diff", "f", "g"},
                                                {"show", "a", "b", "c"}}) {
    const Parsed parsed = parse(words);
    CHECK_FALSE(parsed.invocation);
    CHECK(parsed.exit_code == exit_usage);
  }
}

TEST_CASE("every verb is parsed into its own arguments") {
  CHECK(std::holds_alternative<StatusArguments>(*parse({"status"}).invocation));
  CHECK(std::get<DoctorArguments>(*parse({"doctor", "--json"}).invocation).json);
  CHECK(std::get<QueueArguments>(*parse({"queue", "--work"}).invocation).work);
  CHECK(std::get<StatsArguments>(*parse({"stats", "-v"}).invocation).verbose);
  CHECK(std::get<ConfigArguments>(*parse({"config", "tune=auto"}).invocation).assignment ==
        "tune=auto");
  const auto diff = std::get<DiffArguments>(*parse({"diff", "f", "--plan", "p", "--mca"}).invocation);
  CHECK(diff.function == "f");
  CHECK(diff.plan == "p");
  CHECK(diff.mca);
  const auto show = std::get<ShowArguments>(*parse({"show", "--binary", "./p", "f"}).invocation);
  CHECK(show.binary);
  CHECK(show.what == "./p");
  CHECK(show.function == "f");
  CHECK(std::get<InitArguments>(*parse({"init", "p", "--run", "{target}"}).invocation).target ==
        "p");
}
