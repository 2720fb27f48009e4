// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "util/sandbox.h"

#include "util/file.h"
#include "util/subprocess.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <unistd.h>

using namespace autopass;

namespace {

std::shared_ptr<const Sandbox> sandbox() {
  static const auto made = Sandbox::create();
  if (!made) {
    MESSAGE("nothing is tested: " << made.error().what);
    return nullptr;
  }
  return *made;
}

// A folder with the file `old`, and a shell script that is confined to it.
struct Confined {
  ScratchFolder scratch = ScratchFolder::create("sandbox-test").value();
  std::string folder = scratch.path() + "/a, b:c\\d";
  Command command{.argv = {"/bin/sh", "-c", ""}, .timeout = 20};

  Confined() {
    REQUIRE(make_folders(folder));
    REQUIRE(write_file(folder + "/old", "as it was"));
    command.folder = folder;
    command.confinement.sandbox = sandbox();
    command.confinement.folder = folder;
  }
  bool possible() const { return command.confinement.sandbox != nullptr; }
  Outcome run(const std::string& script) {
    command.argv[2] = script;
    return autopass::run(command).value();
  }
};

} // namespace

TEST_CASE("a link that leads out of the folder is not followed on the host") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  const Outcome outcome = confined.run("ln -s / root && ln -s .. up && mkdir d && echo x >d/x && ln -s d in");
  REQUIRE_MESSAGE(outcome.success(), outcome.errors);
  for (const char* name : {"/root/etc/passwd", "/up/x", "/root"}) {
    const auto path = outcome.written->path_of(confined.folder + name);
    REQUIRE_FALSE(path);
    CHECK(path.error().reason == "output-outside");
  }
  CHECK(read_file(outcome.written->path_of(confined.folder + "/in/x").value()).value() == "x\n");
}

TEST_CASE("what is written in the folder can be read afterwards, and is not there") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  confined.command.confinement.removed = {confined.folder + "/old", confined.folder + "/never"};
  const Outcome outcome = confined.run("test ! -e old && echo text >new && echo fresh >old");
  REQUIRE_MESSAGE(outcome.success(), outcome.errors);
  CHECK(read_file(outcome.written->path_of(confined.folder + "/new").value()).value() == "text\n");
  CHECK(read_file(outcome.written->path_of(confined.folder + "/old").value()).value() == "fresh\n");
  CHECK(read_file(confined.folder + "/old").value() == "as it was");
  CHECK(outcome.written->path_of(confined.folder + "/never")); // not there is no error
  CHECK_FALSE(exists(confined.folder + "/new"));
}

TEST_CASE("outside nothing is written, and temporary files are its own") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  const std::string mark = "autopass-sandbox-test." + std::to_string(::getpid());
  const Outcome outcome =
      confined.run("for f in /tmp /var/tmp /dev/shm; do echo x >$f/" + mark +
                   " || exit 1; done; for f in / /usr /dev; do echo x >$f/" + mark + " && exit 2; done; exit 0");
  CHECK_MESSAGE(outcome.success(), outcome.errors);
  for (const char* place : {"/tmp/", "/var/tmp/", "/dev/shm/", "/", "/usr/", "/dev/"}) {
    CHECK_FALSE(exists(place + mark));
  }
}

TEST_CASE("folders of the copy can be removed, made again and renamed") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  REQUIRE(make_folders(confined.folder + "/build/deep"));
  const Outcome outcome = confined.run("rm -r build && mkdir build && mv build built && rmdir built");
  CHECK_MESSAGE(outcome.success(), outcome.errors);
  CHECK(exists(confined.folder + "/build/deep"));
}

TEST_CASE("descriptors that we have open, and our terminal, are not the program's") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  const int way_out = ::open(confined.scratch.path().c_str(), O_RDONLY | O_DIRECTORY);
  const Outcome outcome = confined.run("ls /proc/self/fd/" + std::to_string(way_out) + "/");
  CHECK_FALSE(outcome.success());
  ::close(way_out);
  CHECK(confined.run("exec 3</dev/tty").exit_code != 0);
  CHECK(confined.run("grep CapInh:.0000000000000000 /proc/self/status").success());
}

TEST_CASE("the open folder is written for good") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  const std::string open = confined.scratch.path() + "/open";
  REQUIRE(make_folders(open));
  confined.command.confinement.open_folder = open;
  CHECK(confined.run("echo kept >'" + open + "/file'").success());
  CHECK(read_file(open + "/file").value() == "kept\n");
}

TEST_CASE("there is no network") {
  Confined confined;
  const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listening, reinterpret_cast<struct sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listening, 1) == 0);
  REQUIRE(::getsockname(listening, reinterpret_cast<struct sockaddr*>(&address), &size) == 0);
  confined.command.argv = {std::getenv("ACTOR"), "connect", std::to_string(ntohs(address.sin_port))};
  if (confined.possible()) {
    CHECK(run(confined.command)->exit_code == 1);
  }
  confined.command.confinement = {};
  CHECK(run(confined.command)->exit_code == 0);
  ::close(listening);
}

TEST_CASE("a daemon ends with the program that left it") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  const std::string open = confined.scratch.path() + "/open";
  REQUIRE(make_folders(open));
  confined.command.confinement.open_folder = open;
  const Outcome outcome =
      confined.run("(setsid sh -c 'while :; do echo beat; done >\"$0\"' '" + open +
                   "/beats' &) ; while [ ! -s '" + open + "/beats' ]; do :; done");
  CHECK(outcome.success());
  const auto beats = read_file(open + "/beats").value().size();
  CHECK(beats > 0);
  ::usleep(100'000);
  CHECK(read_file(open + "/beats").value().size() == beats);
}

TEST_CASE("a program that ignores SIGTERM is over in time, with all that it started") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  confined.command.timeout = 0.3;
  const Outcome outcome = confined.run("trap '' TERM; sleep 600 & sleep 600");
  CHECK(outcome.timed_out);
  CHECK(outcome.wall_seconds < 10);
}

TEST_CASE("a program that multiplies is stopped") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  confined.command.confinement.processes = 60;
  const Outcome outcome = confined.run("f() { f | f & }; f; sleep 600");
  CHECK(outcome.stopped == "more than 60 processes");
  CHECK(outcome.status() == "stopped: more than 60 processes");
  CHECK_FALSE(outcome.success());
}

TEST_CASE("a program that multiplies faster than it is watched runs out of numbers of its own") {
  const auto highest = [] { return read_file("/proc/sys/kernel/pid_max").value(); };
  const std::string of_machine = highest();
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  confined.command.confinement.processes = 60;
  const Outcome outcome = confined.run("cat /proc/sys/kernel/pid_max; echo 9999 >/proc/sys/kernel/pid_max");
  struct utsname kernel {};
  REQUIRE(::uname(&kernel) == 0);
  int major = 0, minor = 0;
  REQUIRE(std::sscanf(kernel.release, "%d.%d", &major, &minor) == 2);
  const bool own = major * 100 + minor >= 614;
  CHECK(outcome.output == (own ? "4360\n" : of_machine));
  CHECK_FALSE(outcome.success()); // nor can it help itself
  CHECK(highest() == of_machine);
}

TEST_CASE("a program that grows is stopped") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  confined.command.confinement.memory = 32 << 20;
  const Outcome outcome = confined.run("tail /dev/zero");
  CHECK(outcome.stopped == "more memory than a workload may take");
}

TEST_CASE("what is printed goes to the host's disk: that limit cannot be lifted") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  const std::string output = confined.scratch.path() + "/printed";
  confined.command.output = output;
  confined.command.output_limit = 1 << 20;
  confined.run("ulimit -f unlimited; ulimit -Hf; trap '' XFSZ; head -c 3M /dev/zero");
  CHECK(read_file(output)->size() == 1 << 20);
  CHECK(read_file(output)->starts_with("2048\n"));
}

TEST_CASE("where memory is short the kernel ends the program before anything else") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  CHECK(confined.run("cat /proc/self/oom_score_adj").output == "1000\n");
}

TEST_CASE("a program that fills the disk gets an error") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  confined.command.confinement.written = 1 << 20;
  const Outcome outcome = confined.run("head -c 3M /dev/zero >big");
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.errors.find("No space left") != std::string::npos);
}

TEST_CASE("a program cannot kill what watches it") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  const Outcome outcome = confined.run("kill -9 $PPID; kill -9 -1; echo alive");
  CHECK(outcome.output == "alive\n");
  CHECK(outcome.success());
}

TEST_CASE("exit codes, signals and processor time are the program's own") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  CHECK(confined.run("exit 7").exit_code == 7);
  CHECK(confined.run("kill -SEGV $$").signal == SIGSEGV);
  CHECK(confined.run("kill -TERM $$").signal == SIGTERM);
  confined.command.argv = {std::getenv("ACTOR"), "burn", "300"};
  const double used = run(confined.command)->cpu_seconds;
  CHECK(used >= 0.3);
  CHECK(used < 0.45);
  confined.command.argv = {"/no/such"};
  CHECK(run(confined.command).error().what == "cannot start /no/such: No such file or directory");
}

TEST_CASE("a handler of ours for hangups is no way to end the first process of a sandbox") {
  Confined confined;
  if (!confined.possible()) {
    return;
  }
  const auto before = std::signal(SIGHUP, [](int) { ::_exit(130); });
  const Outcome outcome = confined.run("kill -HUP $PPID; sleep 0.1; echo alive");
  std::signal(SIGHUP, before);
  CHECK(outcome.output == "alive\n");
}

TEST_CASE("a device outside /dev cannot be opened, the harmless ones in it can") {
  Confined confined;
  for (const std::string& folder : {std::filesystem::current_path().string(), confined.folder}) {
    const std::string device = folder + "/device-of-" + std::to_string(::getpid());
    if (!confined.possible() || ::mknod(device.c_str(), S_IFCHR | 0666, makedev(1, 3)) != 0) {
      return; // only root makes one
    }
    const Outcome outcome = confined.run("echo x >/dev/null && echo harmless; echo x >'" + device + "' || echo refused");
    ::unlink(device.c_str());
    CHECK(outcome.output == "harmless\nrefused\n");
  }
}
