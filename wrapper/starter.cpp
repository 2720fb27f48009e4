// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   make -- wrapper ......... exec: clang, ld ........ end
//             `- child (at once gone, waited for)       :
//                   `- starter: own session, no file    : poll(pidfd) -> exec autopass queue --work
//
// Invariant: nothing of the build is held by the starter: no descriptor (a pipe to `tee` would
// never end), no terminal, no job server, no working folder.
#include "starter.h"

#include "cache/config.h"
#include "cache/spool.h"
#include "util/descriptor.h"
#include "util/file.h"
#include "util/paths.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace autopass {
namespace {

// The build's own settings, which would confuse the tools that a session starts.
constexpr const char* dropped_variables[] = {"MAKEFLAGS",      "MFLAGS",       "MAKELEVEL",
                                             "MAKEOVERRIDES",  "NINJA_STATUS", "AUTOPASS_GUARD",
                                             "AUTOPASS_PLANS", "AUTOPASS_LOG"};

bool has_workload(const Project& project, const std::string& output) {
  return std::any_of(
      project.targets.begin(), project.targets.end(), [&](const TargetConfig& target) {
        return !target.train.empty() && absolute(target.path, project.folder) == output;
      });
}

// By the number from /proc: a range to the highest possible one takes seconds in some containers.
void close_all_but(int kept) {
  std::vector<int> open;
  if (DIR* folder = ::opendir("/proc/self/fd")) {
    while (const dirent* entry = ::readdir(folder)) {
      open.push_back(std::atoi(entry->d_name));
    }
    ::closedir(folder);
  }
  for (const int fd : open) {
    if (fd > 2 && fd != kept) {
      ::close(fd);
    }
  }
  const int null = ::open("/dev/null", O_RDWR);
  for (int fd = 0; fd < 3; ++fd) {
    ::dup2(null, fd);
  }
  if (null > 2) {
    ::close(null);
  }
}

void reset_signals() {
  for (int number = 1; number < NSIG; ++number) {
    ::signal(number, SIG_DFL);
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void wait_for_end(int process, pid_t pid) {
  if (process >= 0) {
    pollfd watched{process, POLLIN, 0};
    while (::poll(&watched, 1, -1) < 0 && errno == EINTR) {
    }
    return;
  }
  while (::kill(pid, 0) == 0 || errno == EPERM) { // kernels before 5.3
    ::usleep(200'000);
  }
}

[[noreturn]] void become_worker(const std::string& program, int process, pid_t build) {
  ::setsid();
  reset_signals();
  close_all_but(process);
  for (const char* name : dropped_variables) {
    ::unsetenv(name);
  }
  [[maybe_unused]] const int moved = ::chdir("/");
  ::setpriority(PRIO_PROCESS, 0, 19);
  wait_for_end(process, build);
  if (process >= 0) {
    ::close(process);
  }
  ::execl(program.c_str(), "autopass", "queue", "--work", static_cast<char*>(nullptr));
  ::_exit(127);
}

void detach(const std::string& program) {
  const pid_t build = ::getpid();
  const int process = above_standard(static_cast<int>(::syscall(SYS_pidfd_open, build, 0)));
  const pid_t child = ::fork();
  if (child == 0) {
    if (::fork() == 0) {
      become_worker(program, process, build);
    }
    ::_exit(0);
  }
  // Waited for here: the compiler that we become would not know this child.
  while (child > 0 && ::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  if (process >= 0) {
    ::close(process);
  }
}

} // namespace

void start_tuning_after(const Job& link) {
  const auto config = Config::load({});
  if (!config || config->get("tune") != "auto" || std::getenv("CI") != nullptr) {
    return;
  }
  auto project = find_project(parent(link.output));
  if (project && !has_workload(*project, link.output)) {
    project = find_project(link.folder);
  }
  const std::string self = self_path();
  const std::string program = parent(self) + "/autopass";
  if (self.empty() || !project || !has_workload(*project, link.output) || !exists(program)) {
    return;
  }
  if (chosen_spool().empty()) {
    return; // a session builds: what it asked for is not asked for again
  }
  append(chosen_spool(), QueueRequest{link.output, project->folder});
  detach(program);
}

} // namespace autopass
