// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "util/subprocess.h"

#include "util/file.h"

#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <pty.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace autopass;

namespace {

Command act(std::vector<std::string> acts) {
  acts.insert(acts.begin(), std::getenv("ACTOR"));
  return {.argv = std::move(acts)};
}

} // namespace

TEST_CASE("streams, exit code and status are the child's") {
  const auto outcome = run(act({"say", "out", "complain", "err", "exit", "3"})).value();
  CHECK(outcome.output == "out\n");
  CHECK(outcome.errors == "err\n");
  CHECK(outcome.exit_code == 3);
  CHECK(outcome.status() == "exit code 3");
  CHECK_FALSE(outcome.success());
}

TEST_CASE("a signal is named") {
  const auto outcome = run(act({"signal", "11"})).value();
  CHECK(outcome.signal == SIGSEGV);
  CHECK(outcome.status() == "signal 11 (Segmentation fault)");
}

TEST_CASE("what cannot be started says why, and what to try") {
  const auto no_program = run({.argv = {"/no/such"}});
  CHECK(no_program.error().what == "cannot start /no/such: No such file or directory");
  CHECK(no_program.error().next.find("executable") != std::string::npos);
  Command command = act({"say", "x"});
  command.folder = "/no/folder";
  CHECK(run(command).error().what.find("in /no/folder: No such") != std::string::npos);
  CHECK(run(command).error().next.find("enter") != std::string::npos);
  command.folder.clear();
  command.input = "/no/input";
  CHECK(run(command).error().what.find("with input /no/input: No such") != std::string::npos);
  CHECK(run(command).error().next.find("read") != std::string::npos);
  command.input = "/dev/null";
  command.output = "/no/folder/output";
  CHECK(run(command).error().what.find("with output /no/folder/output: No such") != std::string::npos);
  CHECK(run(command).error().next.find("write") != std::string::npos);
}

TEST_CASE("files take the place of the streams") {
  const auto folder = ScratchFolder::create("subprocess-test").value();
  Command command = act({"copy", "complain", "err"});
  command.input = folder.path() + "/in";
  command.output = folder.path() + "/out";
  command.errors = folder.path() + "/err";
  REQUIRE(write_file(command.input, "text"));
  REQUIRE(run(command)->success());
  CHECK(read_file(command.output).value() == "text");
  CHECK(read_file(command.errors).value() == "err\n");
}

TEST_CASE("a child that hangs is killed in time") {
  Command command = act({"say", "first", "hang"});
  command.timeout = 1;
  const auto outcome = run(command).value();
  CHECK(outcome.timed_out);
  CHECK(outcome.status() == "timed out");
  CHECK(outcome.output == "first\n"); // what it had said is not lost
  CHECK(outcome.wall_seconds < 10);
}

TEST_CASE("children left behind are killed, and do not keep us waiting by an open pipe") {
  const auto folder = ScratchFolder::create("subprocess-test").value();
  const auto outcome = run(act({"leave", folder.path() + "/late", "say", "done"})).value();
  CHECK(outcome.output == "done\n");
  CHECK(outcome.wall_seconds < 1.9);
  ::usleep(2'300'000);
  CHECK_FALSE(exists(folder.path() + "/late"));
}

TEST_CASE("a child that left the group and prints for ever does not keep us either") {
  CHECK(run(act({"escape", "exit", "0"}))->wall_seconds < 4);
}

TEST_CASE("captured output is kept up to its limit, the child ends undisturbed") {
  Command command{.argv = {"/bin/sh", "-c", "head -c 300000 /dev/zero; exit 4"}};
  command.capture_limit = 1000;
  const auto outcome = run(command).value();
  CHECK(outcome.output.size() == 1000);
  CHECK(outcome.exit_code == 4);
  command.capture_limit = 1 << 20;
  CHECK(run(command)->output.size() == 300'000);
}

TEST_CASE("a file that grows beyond the limit ends the child") {
  const auto folder = ScratchFolder::create("subprocess-test").value();
  Command command = act({"flood"});
  command.output = folder.path() + "/out";
  command.output_limit = 100'000;
  CHECK(run(command)->signal == SIGXFSZ);
  CHECK(read_file(command.output)->size() <= 100'000);
}

TEST_CASE("memory is limited where that is asked for, and no limit of the user's is raised") {
  const auto data_size = [](std::uint64_t limit) {
    Command command{.argv = {"/bin/sh", "-c", "ulimit -Sd; ulimit -Sf"}};
    command.memory_limit = command.output_limit = limit;
    return run(command)->output;
  };
  CHECK(data_size(256ull << 20) == "262144\n524288\n"); // of 1024 and of 512 bytes
  const pid_t child = ::fork();
  if (child == 0) {
    const struct rlimit less {128ull << 20, RLIM_INFINITY};
    ::setrlimit(RLIMIT_DATA, &less);
    ::setrlimit(RLIMIT_FSIZE, &less);
    ::_exit(data_size(256ull << 20) == "131072\n262144\n" ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("unless it is asked for, files may grow as they may for us: links write large ones") {
  struct rlimit ours {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &ours) == 0);
  const auto output = run({.argv = {"grep", "Max file size", "/proc/self/limits"}})->output;
  const std::string expected =
      ours.rlim_cur == RLIM_INFINITY ? "unlimited" : std::to_string(ours.rlim_cur);
  CHECK_MESSAGE(output.find(" " + expected + " ") != std::string::npos, output);
}

TEST_CASE("the environment is ours, or exactly what was given") {
  ::setenv("SUBPROCESS_TEST", "ours", 1);
  Command command = act({"getenv", "SUBPROCESS_TEST"});
  CHECK(run(command)->output == "ours\n");
  command.environment.emplace();
  CHECK(run(command)->output == "(unset)\n");
  command.environment = {"SUBPROCESS_TEST=theirs"};
  CHECK(run(command)->output == "theirs\n");
}

TEST_CASE("CPU time includes children that were waited for") {
  Command command{.argv = {"/bin/sh", "-c", "$ACTOR burn 100; exit 0"}};
  const auto outcome = run(command).value();
  CHECK(outcome.cpu_seconds >= 0.1);
}

TEST_CASE("the child runs on the core that it was given") {
  cpu_set_t allowed;
  REQUIRE(::sched_getaffinity(0, sizeof allowed, &allowed) == 0);
  int last = 0;
  for (int core = 0; core < CPU_SETSIZE; ++core) {
    last = CPU_ISSET(static_cast<unsigned>(core), &allowed) ? core : last;
  }
  Command command{.argv = {"grep", "Cpus_allowed_list", "/proc/self/status"}};
  command.core = last;
  CHECK(run(command)->output == "Cpus_allowed_list:\t" + std::to_string(last) + "\n");
}

TEST_CASE("a child whose core cannot be had does not run on another one") {
  const auto folder = ScratchFolder::create("subprocess-test").value();
  for (const int core : {CPU_SETSIZE - 1, CPU_SETSIZE + 1}) {
    Command command{.argv = {"touch", folder.path() + "/ran"}};
    command.core = core;
    const auto outcome = run(command);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().what ==
          "cannot start touch on core " + std::to_string(core) + ": Invalid argument");
    CHECK_FALSE(outcome.error().next.empty());
    CHECK_FALSE(exists(folder.path() + "/ran"));
  }
}

TEST_CASE("closed standard descriptors of ours do not confuse the child's") {
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(0);
    ::close(1);
    ::close(2);
    const auto outcome = run(act({"copy", "say", "out", "complain", "err"}));
    ::_exit(outcome && outcome->output == "out\n" && outcome->errors == "err\n" ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("when we are killed, the whole group goes too") {
  const auto folder = ScratchFolder::create("subprocess-test").value();
  const pid_t child = ::fork();
  if (child == 0) {
    const auto ignored =
        run({.argv = {"/bin/sh", "-c", "$ACTOR leave " + folder.path() + "/late; $ACTOR hang"}});
    ::_exit(0);
  }
  ::usleep(300'000);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::usleep(2'300'000);
  CHECK_FALSE(exists(folder.path() + "/late"));
}

TEST_CASE("a child that asks the terminal finds none, and does not wait for it; we keep ours") {
  int terminal = -1;
  const pid_t user = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (user == 0) {
    const auto outcome = run({.argv = {"/bin/sh", "-c", "read word </dev/tty"}, .timeout = 10});
    const bool still_ours = ::open("/dev/tty", O_RDONLY | O_NOCTTY) >= 0;
    ::_exit(outcome && !outcome->timed_out && still_ours ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(user, &status, 0) == user);
  CHECK(status == 0);
  ::close(terminal);
}

TEST_CASE("what a program sends to its own group ends nothing but what does not ignore it") {
  const auto outcome = run({.argv = {"/bin/sh", "-c", "trap '' TERM INT HUP; sleep 0.3; for s in TERM INT HUP; do kill -$s 0; done; sleep 0.1; echo alive"}});
  REQUIRE(outcome);
  CHECK(outcome->output == "alive\n");
  CHECK(outcome->status() == "exit code 0");
}

TEST_CASE("a program that leaves its group for ours ends at its time limit all the same") {
  Command command = act({"join", std::to_string(::getpgrp()), "hang"});
  command.timeout = 0.3;
  const auto outcome = run(command).value();
  CHECK(outcome.timed_out);
  CHECK(outcome.wall_seconds < 5);
}
