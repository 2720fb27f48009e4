// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/record.h"

#include "cache/spool.h"
#include "fixture.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <unistd.h>

using namespace autopass;

TEST_CASE("a job holds the command that runs, and absolute paths") {
  const TestVariable language("LC_ALL", "C.UTF-8");
  Intent intent;
  intent.compiler = {"/usr/bin/clang-22", "clang-22", {"--driver-mode=g++"}};
  intent.folder = "/src/build";
  intent.decision = classify({"-c", "../a.cc", "-o", "x.o"}, intent.folder);
  intent.reason = Reason::NoPlans;
  intent.slice.scope = "lz4";
  const Job job = make_job(intent);
  CHECK(job.kind == JobKind::Compile);
  CHECK(job.reason == "no-plans");
  CHECK(job.argv ==
        std::vector<std::string>{"clang-22", "--driver-mode=g++", "-c", "../a.cc", "-o", "x.o"});
  CHECK(job.inputs == std::vector<std::string>{"/src/a.cc"});
  CHECK(job.output == "/src/build/x.o");
  CHECK(job.scope == "lz4");
  CHECK(std::count(job.environment.begin(), job.environment.end(), "LC_ALL=C.UTF-8") == 1);
  CHECK(job.time_ns > 0);
}

TEST_CASE("the working folder is called as the shell calls it, when that is true") {
  const TestFolder folder;
  const std::string before = std::filesystem::current_path();
  REQUIRE(make_folders(folder / "real"));
  std::filesystem::create_symlink(folder / "real", folder / "link");
  std::filesystem::current_path(folder / "real");
  {
    const TestVariable pwd("PWD", (folder / "link").c_str());
    CHECK(working_folder() == folder / "link");
  }
  {
    const TestVariable pwd("PWD", "/");
    CHECK(working_folder() == folder / "real");
  }
  {
    const TestVariable pwd("PWD", nullptr);
    CHECK(working_folder() == folder / "real");
  }
  std::filesystem::current_path(before);
}

TEST_CASE("AUTOPASS_SPOOL chooses the spool, or none") {
  const TestFolder folder;
  {
    const TestVariable spool("AUTOPASS_SPOOL", (folder / "spool").c_str());
    write_record({}, {});
    CHECK(exists(folder / "spool"));
  }
  const TestVariable state("XDG_STATE_HOME", folder.scratch.path().c_str());
  {
    const TestVariable spool("AUTOPASS_SPOOL", "");
    write_record({}, {});
    CHECK_FALSE(exists(folder / "autopass/spool"));
  }
  const TestVariable spool("AUTOPASS_SPOOL", nullptr);
  write_record({}, {});
  CHECK(exists(folder / "autopass/spool"));
}

TEST_CASE("one line a decision in the log") {
  const TestFolder folder;
  const TestVariable log("AUTOPASS_LOG", (folder / "log").c_str());
  Job job;
  job.kind = JobKind::Compile;
  job.reason = "no-plans";
  job.output = "/a.o";
  job.compiler = "/clang";
  write_log(job);
  job.slice = "d";
  write_log(job);
  CHECK(*read_file(folder / "log") ==
        "compile no-plans /a.o /clang\ncompile plans=d /a.o /clang\n");
}
