// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "become.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace autopass {
namespace {

// It never raises what the user has set. Soft, it is against accidents, and a command may raise it again (ulimit -f unlimited).
enum class Limit { Soft, Hard };
void limit(__rlimit_resource resource, std::uint64_t value, Limit how = Limit::Soft) {
  struct rlimit bound {};
  if (::getrlimit(resource, &bound) == 0) {
    bound.rlim_cur = std::min<std::uint64_t>(bound.rlim_cur, value);
    bound.rlim_max = how == Limit::Hard ? bound.rlim_cur : bound.rlim_max;
    ::setrlimit(resource, &bound);
  }
}

// A background group that reads the terminal is stopped until somebody brings it forward, and nobody will: ssh that
// asks for a password would hang. It has to find none. The group and its keeper stay what they are: a session of its
// own (setsid) could not be joined by the keeper.
void leave_terminal() {
  const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
  if (terminal >= 0) {
    ::ioctl(terminal, TIOCNOTTY);
    ::close(terminal);
  }
}

// Where memory is short the kernel ends what we measure, and not us or the user's desktop.
void be_the_first_to_go() {
  const int score = ::open("/proc/self/oom_score_adj", O_WRONLY);
  if (score >= 0) {
    static_cast<void>(::write(score, "1000", 4) == 4); // or be one of many
    ::close(score);
  }
}

} // namespace

StartFailure become(const Command& command, char* const* argv, char* const* environment, int output,
                    int errors, pid_t parent, const SandboxEntry* entry, int reports) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) { // it died before the line above
    ::_exit(127);
  }
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
  struct sigaction hangup {}; // ours would speak for us; to be ignored is what nohup has said
  if (::sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler != SIG_IGN) {
    ::signal(SIGHUP, SIG_DFL);
  }
  leave_terminal();
  if (entry != nullptr || command.memory_limit != 0) {
    be_the_first_to_go();
  }
  if (entry != nullptr) {
    const int refused = enter(*entry, command.core, reports);
    if (refused != 0) {
      return {StartFailure::Step::Sandbox, refused};
    }
  }
  if (!command.folder.empty() && ::chdir(command.folder.c_str()) != 0) {
    return {StartFailure::Step::Folder, errno};
  }
  const int input = ::open(command.input.c_str(), O_RDONLY);
  if (input < 0) {
    return {StartFailure::Step::Input, errno};
  }
  ::dup2(input, 0);
  ::dup2(output, 1);
  ::dup2(errors, 2);
  if (input > 2) {
    ::close(input);
  }
  if (command.core >= 0) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(command.core), &set);
    if (::sched_setaffinity(0, sizeof set, &set) != 0) {
      return {StartFailure::Step::Core, errno}; // a run on some other core is no measurement
    }
  }
  if (command.niceness != 0) {
    ::setpriority(PRIO_PROCESS, 0, command.niceness);
  }
  limit(RLIMIT_CORE, 0);
  if (command.output_limit != 0) {
    limit(RLIMIT_FSIZE, command.output_limit, entry != nullptr ? Limit::Hard : Limit::Soft); // stdout is outside
  }
  if (command.memory_limit != 0) {
    limit(RLIMIT_DATA, command.memory_limit);
  }
  ::execvpe(command.program.empty() ? argv[0] : command.program.c_str(), argv, environment);
  return {StartFailure::Step::Exec, errno};
}

} // namespace autopass
