// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// fork and exec with everything that a measured or recorded program needs set in the child; the
// parent drains the pipes with poll, keeps the clock, and reaps with wait4 for the CPU time.
// Between fork and exec only async-signal-safe calls are made: the parent may have threads.
#include "subprocess.h"

#include "paths.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace autopass {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Pipe {
  int read = -1;
  int write = -1;
  bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      return false;
    }
    read = ends[0];
    write = ends[1];
    return true;
  }
  void close_write() {
    if (write >= 0) {
      ::close(write);
      write = -1;
    }
  }
  ~Pipe() {
    close_write();
    if (read >= 0) {
      ::close(read);
    }
  }
};

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> result;
  for (const auto& word : words) {
    result.push_back(const_cast<char*>(word.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

void limit(int resource, std::uint64_t value) {
  const struct rlimit bound {
    value, value
  };
  ::setrlimit(static_cast<__rlimit_resource>(resource), &bound);
}

// In the child; returns only when something failed, with errno set.
void become(const Command& command, char* const* argv, char* const* environment, int output,
            int errors, pid_t parent) {
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
  if (!command.folder.empty() && ::chdir(command.folder.c_str()) != 0) {
    return;
  }
  const int input = ::open(command.input.c_str(), O_RDONLY);
  if (input < 0) {
    return;
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
    ::sched_setaffinity(0, sizeof set, &set);
  }
  if (command.niceness != 0) {
    ::setpriority(PRIO_PROCESS, 0, command.niceness);
  }
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, command.output_limit);
  if (command.memory_limit != 0) {
    limit(RLIMIT_AS, command.memory_limit);
  }
  ::execvpe(argv[0], argv, environment);
}

// A second process in the child's group, which kills that whole group when we die: PR_SET_PDEATHSIG
// reaches the child alone, and a shell's children would live on.
pid_t start_keeper(pid_t group, pid_t parent) {
  const pid_t keeper = ::fork();
  if (keeper != 0) {
    return keeper;
  }
  ::close_range(0, ~0u, 0); // above all the pipes' write ends
  ::signal(SIGTERM, [](int) { ::kill(0, SIGKILL); });
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (::setpgid(0, group) != 0) { // it has ended already
    ::_exit(0);
  }
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) {
    ::kill(0, SIGKILL);
  }
  while (true) {
    ::pause();
  }
}

// Reads both pipes until they close, the deadline passes, or the child has ended (a grandchild that
// keeps a pipe open must not keep us). Returns true when time ran out.
bool drain(const Pipe& output, const Pipe& errors, Outcome& outcome, const Command& command,
           Clock::time_point start, pid_t child) {
  std::array<struct pollfd, 2> files{{{output.read, POLLIN, 0}, {errors.read, POLLIN, 0}}};
  std::array<std::string*, 2> texts{&outcome.output, &outcome.errors};
  std::array<char, 65536> buffer;
  while (files[0].fd >= 0 || files[1].fd >= 0) {
    if (command.timeout > 0 && since(start) > command.timeout) {
      return true;
    }
    if (::poll(files.data(), files.size(), 50) == 0) {
      siginfo_t info{};
      ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
      if (info.si_pid == child) {
        return false;
      }
      continue;
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (files[i].fd < 0 || files[i].revents == 0) {
        continue;
      }
      const ssize_t got = ::read(files[i].fd, buffer.data(), buffer.size());
      if (got > 0 && texts[i]->size() < command.output_limit) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(got));
      } else if (got == 0 || (got < 0 && errno != EINTR)) {
        files[i].fd = -1;
      }
    }
  }
  return false;
}

// Waits until the child can be reaped or the deadline passes; true when time ran out.
bool await(pid_t child, const Command& command, Clock::time_point start) {
  while (true) {
    siginfo_t info{};
    const bool bounded = command.timeout > 0;
    ::waitid(P_PID, static_cast<id_t>(child), &info,
             WEXITED | WNOWAIT | (bounded ? WNOHANG : 0));
    if (info.si_pid == child) {
      return false;
    }
    if (bounded && since(start) > command.timeout) {
      return true;
    }
    if (bounded) {
      ::usleep(500);
    }
  }
}

int file_or_pipe(const std::string& path, Pipe& pipe) {
  if (!path.empty()) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  }
  return pipe.open() ? pipe.write : -1;
}

} // namespace

std::string Outcome::status() const {
  if (timed_out) {
    return "timed out";
  }
  if (signal != 0) {
    return "signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")";
  }
  return "exit code " + std::to_string(exit_code);
}

Result<Outcome> run(const Command& command) {
  const auto start = Clock::now();
  const auto argv = pointers(command.argv);
  std::vector<char*> own;
  if (command.environment) {
    own = pointers(*command.environment);
  }
  Pipe output_pipe, errors_pipe, failure;
  const int output = file_or_pipe(command.output, output_pipe);
  const int errors = file_or_pipe(command.errors, errors_pipe);
  if (output < 0 || errors < 0 || !failure.open()) {
    return fail_errno("cannot start " + command.argv[0]);
  }

  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) {
    return fail_errno("cannot start " + command.argv[0]);
  }
  if (child == 0) {
    become(command, argv.data(), own.empty() ? environ : own.data(), output, errors, parent);
    const int reason = errno;
    [[maybe_unused]] const ssize_t sent = ::write(failure.write, &reason, sizeof reason);
    ::_exit(127);
  }
  ::setpgid(child, child);
  const pid_t keeper = start_keeper(child, parent);
  failure.close_write();
  output_pipe.close_write();
  errors_pipe.close_write();
  if (!command.output.empty()) {
    ::close(output);
  }
  if (!command.errors.empty()) {
    ::close(errors);
  }

  Outcome outcome;
  outcome.timed_out = drain(output_pipe, errors_pipe, outcome, command, start, child) ||
                      await(child, command, start);
  ::kill(-child, SIGKILL); // what it left running goes with it
  int status = 0;
  struct rusage usage {};
  while (::wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  outcome.wall_seconds = since(start);
  if (keeper > 0) {
    ::kill(keeper, SIGKILL);
    while (::waitpid(keeper, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  int reason = 0;
  if (::read(failure.read, &reason, sizeof reason) == static_cast<ssize_t>(sizeof reason)) {
    errno = reason;
    return fail_errno("cannot start " + command.argv[0] +
                      (command.folder.empty() ? "" : " in " + command.folder));
  }
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  outcome.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return outcome;
}

} // namespace autopass
