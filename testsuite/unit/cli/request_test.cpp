// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/request.h"

#include "util/file.h"

#include <doctest/doctest.h>

using namespace autopass;

static Project project_with(const std::vector<std::string>& paths) {
  Project project;
  project.folder = "/project";
  for (const auto& path : paths) {
    TargetConfig target;
    target.path = path;
    target.train = {"{target} -a"};
    target.holdout = {"{target} -b"};
    project.targets.push_back(target);
  }
  return project;
}

TEST_CASE("the target: what was typed, else the project's only one") {
  CHECK(*choose_target("./p", project_with({"q"}), "/work", {}) == "/work/p");
  CHECK(*choose_target("", project_with({"bin/q"}), "/work", {}) == "/project/bin/q");
  const auto two = choose_target("", project_with({"q", "r"}), "/work", {});
  REQUIRE_FALSE(two);
  CHECK(two.error().reason == usage_reason);
  CHECK(two.error().what == "which program: /project/q, /project/r");
}

TEST_CASE("the target: else the only link recorded below the working folder") {
  const auto scratch = ScratchFolder::create("autopass-request-test");
  REQUIRE(scratch);
  const std::string built = scratch->path() + "/p";
  REQUIRE(write_file(built, ""));
  CHECK(*choose_target("", {}, scratch->path(), {built, "/elsewhere/p"}) == built);
  CHECK_FALSE(choose_target("", {}, scratch->path(), {scratch->path() + "/gone"}));
  CHECK_FALSE(choose_target("", {}, scratch->path() + "/other", {built}));
}

TEST_CASE("workloads: typed ones win over the project's, those over AUTOPASS_RUN") {
  TuneOptions options;
  options.target = "/project/q";
  WorkloadArguments typed;
  typed.run = {"{target} -t"};
  REQUIRE(choose_workloads(typed, project_with({"q"}), "/work", "fallback", options));
  CHECK(options.train.at(0).command == "{target} -t");
  CHECK(options.train.at(0).folder == "/work");
  CHECK(options.holdout.empty());

  REQUIRE(choose_workloads({}, project_with({"q"}), "/work", "fallback", options));
  CHECK(options.train.at(0).command == "{target} -a");
  CHECK(options.train.at(0).folder == "/project");
  CHECK(options.holdout.at(0).command == "{target} -b");

  REQUIRE(choose_workloads({}, project_with({"other"}), "/work", "fallback", options));
  CHECK(options.train.at(0).command == "fallback");
  CHECK(options.train.at(0).input == "/dev/null");
  CHECK(options.holdout.empty()); // not the one of the call before
}

TEST_CASE("workloads: none at all, or an input that is not there, is a usage error") {
  TuneOptions options;
  options.target = "/project/q";
  CHECK(choose_workloads({}, {}, "/work", "", options).error().reason == usage_reason);
  WorkloadArguments typed;
  typed.run = {"{target}"};
  typed.input = "no-such-file";
  CHECK(choose_workloads(typed, {}, "/work", "", options).error().reason == usage_reason);
  CHECK(choose_workloads(typed, {}, "/work", "", options).error().next.find("--input") != std::string::npos);
  Project project = project_with({"q"});
  project.targets.front().input = "no-such-file";
  CHECK(choose_workloads({}, project, "/work", "", options).error().next.find(".autopass.toml") !=
        std::string::npos);
}

TEST_CASE("the project: the one we are in, unless the program's own one names it") {
  const auto scratch = ScratchFolder::create("autopass-request-test");
  REQUIRE(scratch);
  const auto write = [&](const std::string& folder, const std::string& text) {
    REQUIRE(make_folders(scratch->path() + "/" + folder));
    REQUIRE(write_file(scratch->path() + "/" + folder + "/.autopass.toml", text));
    return scratch->path() + "/" + folder;
  };
  const std::string here = write("here", "project = \"here\"\n");
  const std::string there = write("there", "project = \"there\"\n[[target]]\npath = \"p\"\n");
  CHECK(project_of("", here)->scope == "here");
  CHECK(project_of("../there/p", here)->scope == "there");
  CHECK(project_of("../there/q", here)->scope == "here"); // neither names it
  CHECK(project_of(there + "/q", scratch->path())->scope == "there");
}

TEST_CASE("what counts as the same is the program's, whichever command runs it; outputs are the command's") {
  Project project = project_with({"q"});
  project.targets.front().tolerance = "1e-9";
  project.targets.front().checker = "./same";
  project.targets.front().outputs = {"of-its-own"};
  TuneOptions options;
  options.target = "/project/q";
  WorkloadArguments typed;
  typed.run = {"{target} -t"};
  REQUIRE(choose_workloads(typed, project, "/work", "", options));
  CHECK(options.train.at(0).checker == "./same");
  CHECK(options.train.at(0).checker_folder == "/project");
  CHECK_FALSE(options.train.at(0).tolerance.none());
  CHECK(options.train.at(0).outputs.empty());
  CHECK(options.remarks.size() == 1);

  typed.tolerance = "1e-6";
  REQUIRE(choose_workloads(typed, project, "/work", "", options));
  CHECK(options.train.at(0).checker.empty());
  CHECK(options.train.at(0).tolerance.text() == "1e-6");

  typed.outputs = {"typed"};
  options.remarks.clear();
  REQUIRE(choose_workloads(typed, project, "/work", "", options));
  CHECK(options.remarks.empty());
  typed.run.clear();
  REQUIRE(choose_workloads(typed, project, "/work", "", options));
  CHECK(options.train.at(0).command == "{target} -a");
  CHECK(options.train.at(0).outputs == std::vector<std::string>{"typed"});
}
