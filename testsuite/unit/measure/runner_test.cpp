// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/runner.h"

#include "util/file.h"

#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <unistd.h>

using namespace autopass;

namespace {

const std::string actor = std::getenv("ACTOR");

struct RunnerBench {
  ScratchFolder folder = ScratchFolder::create("runner-test").value();
  Runner runner{folder.path() + "/prog", folder.path(), {}};

  Run run(const std::string& command, std::vector<std::string> outputs = {},
          const std::vector<std::string>& extra = {}) const {
    const Workload workload{command, folder.path(), "/dev/null", std::move(outputs)};
    return runner.run(workload, actor, extra).value();
  }
};

} // namespace

TEST_CASE("the binary under test runs in the target's place, under the target's name") {
  const RunnerBench bench;
  const Run run = bench.run("./prog argv0");
  CHECK(run.output_start == bench.folder.path() + "/measured/prog\n");
  CHECK(run.success());
}

TEST_CASE("output counts as a whole: stdout and declared files") {
  const RunnerBench bench;
  const Run one = bench.run("./prog say x write out 1", {"out"});
  const Run two = bench.run("./prog say x write out 2", {"out"});
  CHECK(one.printed == two.printed);
  CHECK(one.output != two.output);
  CHECK(one.files[0].present);
  CHECK(one.output_size == 3);
  CHECK(bench.run("./prog say x write out 1", {"out"}).output == one.output);
  CHECK(bench.run("./prog say y write out 1", {"out"}).output != one.output);
}

TEST_CASE("an output file of an earlier run does not count for the next") {
  const RunnerBench bench;
  REQUIRE(bench.run("./prog write out 1", {"out"}).files[0].present);
  CHECK_FALSE(bench.run("./prog say x", {"out"}).files[0].present);
}

TEST_CASE("a folder declared as an output file is refused, not removed") {
  const RunnerBench bench;
  REQUIRE(make_folders(bench.folder.path() + "/sub"));
  const Workload workload{"./prog say x", bench.folder.path(), "/dev/null", {"sub"}};
  CHECK_FALSE(bench.runner.run(workload, actor));
  CHECK(exists(bench.folder.path() + "/sub"));
}

TEST_CASE("a command that does not run the target is refused") {
  const RunnerBench bench;
  const Workload workload{"echo hello", bench.folder.path(), "/dev/null", {}};
  CHECK(bench.runner.run(workload, actor).error().reason == "workload-without-target");
  CHECK(bench.run("\"$AUTOPASS_TARGET\" say x").output_start == "x\n");
}

TEST_CASE("the environment is fixed, additions apart") {
  ::setenv("RUNNER_TEST", "leaks", 1);
  const RunnerBench bench;
  CHECK(bench.run("./prog getenv RUNNER_TEST").output_start == "(unset)\n");
  CHECK(bench.run("./prog getenv LC_ALL").output_start == "C\n");
  CHECK(bench.run("./prog getenv RUNNER_TEST", {}, {"RUNNER_TEST=x"}).output_start == "x\n");
}

TEST_CASE("a run that hangs, dies or prints without end is told apart") {
  RunnerBench bench;
  bench.runner.set_timeout(0.2);
  CHECK(bench.run("./prog hang").status() == "timed out");
  bench.runner.set_timeout(10);
  CHECK(bench.run("./prog signal 11").signal == SIGSEGV);
  CHECK(bench.run("./prog complain why exit 3").exit_code == 3);
  CHECK(bench.run("./prog complain why exit 3").errors_start == "why\n");
  const Runner limited{"./prog", bench.folder.path(), {-1, 10, 10'000}};
  const Workload endless{"./prog flood", bench.folder.path(), "/dev/null", {}};
  const Run run = limited.run(endless, actor).value();
  CHECK(run.signal == SIGXFSZ);
  CHECK(run.output_size <= 10'000);
}

TEST_CASE("what writes too much is told apart, also by a shell and where it does not mind") {
  const RunnerBench bench;
  const Runner limited{"./prog", bench.folder.path(), {-1, 10, 10'000}};
  for (const std::string command : {"./prog flood", "./prog flood; exit $?", "trap '' XFSZ; ./prog flood",
                                    "./prog flood > other; exit $?"}) {
    CAPTURE(command);
    const Run run = limited.run({command, bench.folder.path(), "/dev/null", {}}, actor).value();
    CHECK(run.status() == "stopped: more than 10000 bytes for one file");
    CHECK_FALSE(run.success());
  }
  const auto fits = limited.run({"./prog say x", bench.folder.path(), "/dev/null", {}}, actor);
  CHECK(fits->stopped.empty());
}

TEST_CASE("without a sandbox a process has a limit of memory, three quarters of ours where none is named") {
  const RunnerBench bench;
  RunnerOptions options;
  const auto limit = [&] {
    const Runner runner{"./prog", bench.folder.path(), options};
    return runner.run({"./prog say limit; ulimit -Sd", bench.folder.path(), "/dev/null", {}}, actor)->output_start;
  };
  CHECK(limit() == "limit\n" + std::to_string(most_memory() / 1024) + "\n");
  options.memory = 64 << 20;
  CHECK(limit() == "limit\n65536\n");
}

TEST_CASE("CPU time is that of the program and its children") {
  const RunnerBench bench;
  CHECK(bench.run("./prog burn 50").cpu_seconds >= 0.05);
  CHECK(bench.run("./prog burn 30 | ./prog copy && ./prog burn 30").cpu_seconds >= 0.06);
  CHECK(bench.run("sleep 0.1; ./prog say x").cpu_seconds < 0.05);
}

TEST_CASE("stdin comes from the workload's file, relative to its folder") {
  const RunnerBench bench;
  REQUIRE(write_file(bench.folder.path() + "/in", "text"));
  const Workload workload{"./prog copy", bench.folder.path(), "in", {}};
  CHECK(bench.runner.run(workload, actor)->output_start == "text");
}

TEST_CASE("a binary that is not there is an error, not a run") {
  const RunnerBench bench;
  const Workload workload{"./prog", bench.folder.path(), "/dev/null", {}};
  CHECK(bench.runner.run(workload, "/no/such").error().what.find("/no/such") != std::string::npos);
  CHECK(bench.runner.run(workload, "/no/such").error().next.find("built") != std::string::npos);
}

TEST_CASE("stack padding varies with its seed alone") {
  CHECK(stack_padding(1) == stack_padding(1));
  CHECK(stack_padding(1) != stack_padding(2));
  CHECK(stack_padding(3).size() < 4200);
}

TEST_CASE("in a sandbox outputs are those of the run, and the folder stays as it was, by whatever name") {
  const auto sandbox = Sandbox::create();
  if (!sandbox) {
    MESSAGE("nothing is tested: " << sandbox.error().what);
    return;
  }
  const auto scratch = ScratchFolder::create("runner-sandbox").value();
  const std::string real = scratch.path() + "/a-folder-with-a-long-name", link = scratch.path() + "/l";
  REQUIRE(make_folders(real + "/below"));
  REQUIRE(::symlink(real.c_str(), link.c_str()) == 0);
  REQUIRE(write_file(real + "/below/out", "of before"));
  RunnerOptions options;
  options.sandbox = *sandbox;
  const Runner runner(link + "/prog", scratch.path() + "/scratch", options);
  for (const std::string& folder : {real, link}) {
    const auto run = [&](const std::string& acts) {
      return runner.run({"{target} " + acts, folder, "/dev/null", {"below/out"}}, actor).value();
    };
    const Run one = run("write below/out 1"), two = run("write below/out 2");
    CHECK(one.files[0].present);
    CHECK(one.output != two.output);
    CHECK(read_file(two.files[0].path).value() == "2");
    CHECK_FALSE(run("say x").files[0].present);
    CHECK(read_file(real + "/below/out").value() == "of before");
  }
  // By name, or through a link that is there before or that the run makes.
  REQUIRE(::symlink("/", (real + "/all").c_str()) == 0);
  REQUIRE(::symlink((real + "/below").c_str(), (real + "/inside").c_str()) == 0);
  for (const std::string output : {"../out", "all/etc/passwd"}) {
    const auto outside = runner.run({"{target} say x", real, "/dev/null", {output}}, actor);
    REQUIRE_FALSE(outside);
    CHECK(outside.error().reason == "output-outside");
  }
  const auto inside = runner.run({"{target} write inside/out 3", real, "/dev/null", {"inside/out"}}, actor).value();
  CHECK(read_file(inside.files[0].path).value() == "3");
}
