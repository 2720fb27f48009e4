// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// fork and exec with everything that a measured or recorded program needs set in the child; the
// parent reads the pipes and watches the child with one poll, keeps the clock, and reaps with wait4
// for the CPU time. Nothing of this wakes up while a measured program is silent.
//
//   we --+-- child    leader of its own group; limits, core, files, then exec
//        +-- keeper   member of that group; kills all of it when we die
//
// Between fork and exec only async-signal-safe calls are made: the parent may have threads.
// Limit: a program that leaves its group (setsid) outlives us unless it is confined; then the child of
// the picture waits for a namespace of processes that has the program in it (sandbox_enter.h).
#include "subprocess.h"

#include "become.h"
#include "child_stream.h"
#include "descriptor_passing.h"
#include "sandbox_enter.h"
#include "start_failure.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace autopass {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> result;
  for (const auto& word : words) {
    result.push_back(const_cast<char*>(word.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

// What to try where the kernel has no process or descriptor for us.
constexpr const char* too_busy = "try again when the machine has less to do (ulimit -n and -u show what you may have)";

pid_t keeps_for = 0; // in a keeper: who started it

// A second process in the child's group, which kills that whole group when we die: PR_SET_PDEATHSIG
// reaches the child alone, and a shell's children would live on. What the group sends to itself (kill 0, timeout) is not for it.
pid_t start_keeper(pid_t group, pid_t parent) {
  const pid_t keeper = ::fork();
  if (keeper != 0) {
    return keeper;
  }
  ::close_range(0, ~0u, 0); // above all the pipes' write ends
  keeps_for = parent;
  for (int signal = 1; signal < NSIG; ++signal) {
    ::signal(signal, SIG_IGN);
  }
  ::signal(SIGTERM, [](int) {
    if (::getppid() != keeps_for) {
      ::kill(0, SIGKILL);
    }
  });
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

bool has_ended(pid_t child) {
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
  return info.si_pid == child;
}

// Reads what the child prints until it has ended; true when time ran out before. The pipes' ends do
// not count: what the child leaves running may hold them open.
bool watch(pid_t child, Stream& output, Stream& errors, const Command& command,
           Clock::time_point start) {
  // Readable when the child has ended.
  const Descriptor ending(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  const double longest_wait = ending.get() >= 0 ? 3600 : 0.01; // without it: look again and again
  while (!has_ended(child)) {
    const double left = command.timeout > 0 ? command.timeout - since(start) : longest_wait;
    if (left <= 0) {
      return true;
    }
    std::array<struct pollfd, 3> files{{{output.read.get(), POLLIN, 0},
                                        {errors.read.get(), POLLIN, 0},
                                        {ending.get(), POLLIN, 0}}};
    ::poll(files.data(), files.size(), static_cast<int>(std::min(left, longest_wait) * 1000) + 1);
    output.take(command.capture_limit);
    errors.take(command.capture_limit);
  }
  return false;
}

// Ends the child and its group, and returns the child's status and usage. Killed before the child
// is reaped: until then its number cannot belong to anybody else.
int end_group(pid_t child, pid_t keeper, struct rusage& usage) {
  ::kill(-child, SIGKILL);
  ::kill(child, SIGKILL); // it may have left for a group of ours
  int status = 0;
  while (::wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  if (keeper > 0) {
    ::kill(keeper, SIGKILL);
    while (::waitpid(keeper, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  // Orphans are reaped by init, soon. Where it does not reap, we do not wait for it.
  for (int round = 0; round < 100 && ::kill(-child, 0) == 0; ++round) {
    ::usleep(1000);
  }
  return status;
}

// Asks the child that waits for a sandbox to empty it, and gives it the time that takes: thousands of
// processes are not gone at once.
void end_sandbox(pid_t child) {
  ::kill(child, SIGTERM);
  for (int round = 0; round < 3000 && !has_ended(child); ++round) {
    ::usleep(1000 * std::min(round + 1, 10));
  }
}

// A confined program's end, which its own parent has told: what we have reaped is only that one's.
void read_reports(int reports, const Confinement& confinement, Outcome& outcome, int& status,
                  struct rusage& usage) {
  char byte = 0;
  int view = -1;
  // Whoever sent them has ended: what is not there will not come.
  if (receive_message(reports, &byte, 1, &view, 1, MSG_DONTWAIT)) {
    outcome.written = std::make_shared<WrittenFiles>(view, confinement.folder);
  }
  ConfinedEnd end;
  if (!receive_message(reports, &end, sizeof end, nullptr, 0, MSG_DONTWAIT)) {
    status = SIGKILL; // ended from outside: in time by us, or by somebody else
    return;
  }
  status = end.status;
  usage = end.usage;
  if (end.stop == ConfinedEnd::Stop::Processes) {
    outcome.stopped = "more than " + std::to_string(confinement.processes) + " processes";
  } else if (end.stop == ConfinedEnd::Stop::Memory) {
    outcome.stopped = "more memory than a workload may take";
  }
}

} // namespace

std::string Outcome::status() const {
  if (timed_out) {
    return "timed out";
  }
  if (!stopped.empty()) {
    return "stopped: " + stopped;
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
  Stream output, errors, failed;
  if (!output.open(command.output) || !errors.open(command.errors) || !failed.open_pipe()) {
    const std::string& file = command.output.empty() ? command.errors : command.output;
    return fail_errno("cannot start " + command.argv[0] + (file.empty() ? "" : " with output " + file),
                      file.empty() ? too_busy : "check that you may write there");
  }

  const bool confined = command.confinement.sandbox != nullptr;
  std::optional<SandboxEntry> entry;
  if (confined) {
    entry.emplace(command.confinement);
  }
  std::array<int, 2> ends{-1, -1};
  if (confined && ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail_errno("cannot start " + command.argv[0], too_busy);
  }
  const Descriptor reports(above_standard(ends[0]));
  Descriptor reporting(above_standard(ends[1]));

  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) {
    return fail_errno("cannot start " + command.argv[0], too_busy);
  }
  if (child == 0) {
    const StartFailure failure = become(command, argv.data(), own.empty() ? environ : own.data(),
                                        output.write.get(), errors.write.get(), parent,
                                        confined ? &*entry : nullptr, reporting.get());
    [[maybe_unused]] const ssize_t sent = ::write(failed.write.get(), &failure, sizeof failure);
    ::_exit(127);
  }
  ::setpgid(child, child);
  const pid_t keeper = start_keeper(child, parent);
  output.write.reset();
  errors.write.reset();
  failed.write.reset();
  reporting.reset();

  Outcome outcome;
  outcome.timed_out = watch(child, output, errors, command, start);
  if (confined && outcome.timed_out) {
    end_sandbox(child);
  }
  struct rusage usage {};
  int status = end_group(child, keeper, usage);
  outcome.wall_seconds = since(start);
  // From here on nothing of the child runs any more; what it has printed waits in the pipes.
  output.take(command.capture_limit);
  errors.take(command.capture_limit);
  StartFailure failure;
  if (::read(failed.read.get(), &failure, sizeof failure) == sizeof failure) {
    return not_started(command, failure);
  }
  if (confined) {
    read_reports(reports.get(), command.confinement, outcome, status, usage);
  }
  outcome.output = std::move(output.text);
  outcome.errors = std::move(errors.text);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  outcome.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  outcome.preemptions = usage.ru_nivcsw;
  outcome.waits = usage.ru_nvcsw;
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return outcome;
}

} // namespace autopass
