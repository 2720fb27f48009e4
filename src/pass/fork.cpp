// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// IR cannot be un-optimised: once passes have run under a plan there is no way back to what stock
// clang would have made. So before the first of them the process is doubled.
//
//   parent                                   child
//   waits, with the module as it was         applies the plans, optimises, writes the object,
//                                            renames it, and ends as clang ends
//   it succeeded: passes its words and
//     its exit code on, and is gone
//   it failed: undoes what it has done to    broke a postcondition, crashed, ran out of time or
//     open files, and goes on without        memory, or reported an error
//     plans, as if there had been no child
//
// The child is the compile, the parent a copy of it that is kept in case. So whatever else clang does
// after this point (dependency files, .dwo, the driver's own last steps when cc1 runs within it)
// happens once, by the one of the two that goes to the end, and is what it is without us.
//
// What the two share, and how the parent gets it back: the object's descriptor (open_outputs), and
// standard output and error, which the child does not have (held_output). Files that only the child
// opened it removes when it fails, and its parent writes them again.
//
// Invariants: the child never outlives its parent. A signal that would end the compile ends the child
// first; when the parent is killed the kernel ends it. The parent has no second thread that the
// child would lack. Cost: docs/decisions.md, 2026-11-28.
#include "fork.h"

#include "cache/spool.h"
#include "fork_child.h"
#include "held_output.h"
#include "open_outputs.h"
#include "options.h"
#include "util/file.h"

#include <llvm/Support/Signals.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace autopass {

using namespace llvm;

namespace {

constexpr int most_idle_seconds = 60; // without any progress: it waits for what will never come

ChildNote* note_to_parent = nullptr; // null: we are no child
volatile sig_atomic_t child_at_hand = 0;

constexpr std::array endings = {SIGHUP, SIGINT, SIGTERM, SIGQUIT};
std::array<struct sigaction, endings.size()> endings_before;

// Ends the child and waits for that. Safe in a signal handler.
void end_child_at_hand() {
  const pid_t child = child_at_hand;
  ::kill(child, child_end_signal());
  for (int i = 0; i < 200; ++i) {
    if (::waitpid(child, nullptr, WNOHANG) != 0) {
      return;
    }
    const timespec pause{0, 5'000'000};
    ::nanosleep(&pause, nullptr);
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

void restore_endings() {
  for (std::size_t i = 0; i < endings.size(); ++i) {
    ::sigaction(endings[i], &endings_before[i], nullptr);
  }
}

// The compile is to end: first the child, then we, by clang's own handler.
void on_ending(int number) {
  end_child_at_hand();
  restore_endings();
  ::raise(number); // comes when this handler has returned
}

sigset_t set_of_endings() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int number : endings) {
    ::sigaddset(&set, number);
  }
  return set;
}

// While it lives, signals that end a compile wait, and the status of a child can be asked for.
class Quiet {
public:
  Quiet() {
    const sigset_t set = set_of_endings();
    ::pthread_sigmask(SIG_BLOCK, &set, &m_mask);
    struct sigaction standard {};
    standard.sa_handler = SIG_DFL; // ignored, children would vanish with their status
    ::sigaction(SIGCHLD, &standard, &m_child);
  }
  ~Quiet() { end(); }
  void end() {
    if (!m_ended) {
      ::sigaction(SIGCHLD, &m_child, nullptr);
      ::pthread_sigmask(SIG_SETMASK, &m_mask, nullptr);
    }
    m_ended = true;
  }
  void let_endings_through() const { ::pthread_sigmask(SIG_SETMASK, &m_mask, nullptr); }
  void hold_endings_back() const {
    const sigset_t set = set_of_endings();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  }

private:
  sigset_t m_mask{};
  struct sigaction m_child {};
  bool m_ended = false;
};

bool has_one_thread() {
  int threads = 0;
  DIR* folder = ::opendir("/proc/self/task");
  while (const dirent* entry = folder != nullptr ? ::readdir(folder) : nullptr) {
    threads += entry->d_name[0] != '.';
  }
  if (folder != nullptr) {
    ::closedir(folder);
  }
  return threads == 1;
}

ChildNote* make_note() {
  void* memory = ::mmap(nullptr, sizeof(ChildNote), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory != MAP_FAILED ? static_cast<ChildNote*>(memory) : nullptr; // all zeros: a valid note
}

std::int64_t cpu_time_of(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0) {
    return 0;
  }
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

// What the parent knows of its child.
struct Child {
  pid_t process = 0;
  int status = 0;
  bool stuck = false;
  bool succeeded() const { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }
};

// The other end of the pipe is closed when the child is over. Time in which we did not run either (a
// suspended build) is not held against it: each step is one second of ours.
void await(Child& child, int pipe, const Quiet& quiet) {
  std::int64_t seen = -1;
  for (int idle = 0; !child.stuck;) {
    pollfd end{pipe, POLLIN, 0};
    const int ready = ::poll(&end, 1, 1000);
    if (ready > 0) {
      break;
    }
    if (ready == 0) {
      const std::int64_t now = cpu_time_of(child.process);
      idle = now == seen ? idle + 1 : 0;
      seen = now;
      child.stuck = idle >= most_idle_seconds;
    }
  }
  quiet.hold_endings_back();
  if (child.stuck) {
    ::kill(child.process, SIGKILL);
  }
  while (::waitpid(child.process, &child.status, 0) < 0 && errno == EINTR) {
  }
  child_at_hand = 0;
  restore_endings();
}

FunctionCount reason_of(const Child& child, const ChildNote& note) {
  if (note.failed) {
    return note.reason;
  }
  if (child.stuck) {
    return FunctionCount::PlanTimeout;
  }
  return WIFEXITED(child.status) ? FunctionCount::PlanError : FunctionCount::PlanCrashed;
}

// A signal that only the child got, although it was meant for the compile.
bool was_ended_from_outside(const Child& child) {
  return WIFSIGNALED(child.status) &&
         std::find(endings.begin(), endings.end(), WTERMSIG(child.status)) != endings.end();
}

// In a session nobody wants stock code in place of a candidate's.
[[noreturn]] void report_failure(const std::string& file, FunctionCount reason,
                                 const std::string& why) {
  static_cast<void>(write_file(file, std::string(name_of(reason)) + "\n" + why + "\n"));
  sys::RunInterruptHandlers();
  ::_exit(1);
}

void handle_endings() {
  struct sigaction ending {};
  ending.sa_handler = on_ending;
  ending.sa_mask = set_of_endings();
  for (std::size_t i = 0; i < endings.size(); ++i) {
    ::sigaction(endings[i], nullptr, &endings_before[i]);
    if (endings_before[i].sa_handler != SIG_IGN) {
      ::sigaction(endings[i], &ending, nullptr);
    }
  }
}

// The child has done it all.
[[noreturn]] void finish_as(const Child& child, const ChildNote& note, const HeldOutput& held) {
  held.replay();
  if (note.record_size > 0) {
    append_frame(chosen_spool(), {note.record, note.record_size});
  }
  ::_exit(WIFEXITED(child.status) && !note.failed ? WEXITSTATUS(child.status) : 0);
}

struct Failure {
  FunctionCount reason;
  std::string why;
};

// What speaks against plans; in the child nothing.
std::optional<Failure> fork_and_wait(const Module& module) {
  const auto outputs = OpenOutputs::find();
  const auto held = HeldOutput::make();
  ChildNote* note = make_note();
  int ends[2];
  if (!outputs || held == nullptr || note == nullptr || !has_one_thread() ||
      ::pipe2(ends, O_CLOEXEC) != 0) {
    return Failure{FunctionCount::PlanUnprotected, "no output file, or several threads"};
  }
  Descriptor reading(ends[0]), writing(ends[1]);
  const ChildLimits limits = child_limits(module);
  std::fflush(nullptr);

  Quiet quiet;
  const pid_t parent = ::getpid();
  Child child;
  child.process = ::fork();
  if (child.process < 0) {
    return Failure{FunctionCount::PlanUnprotected, "no process to be had"};
  }
  if (child.process == 0) {
    note_to_parent = note;
    if (!become_child(*note, limits, parent) || !held->capture()) {
      end_child(FunctionCount::PlanUnprotected, "a child that cannot be held back");
    }
    writing.release(); // is closed when the child is over
    return std::nullopt;
  }
  child_at_hand = child.process;
  handle_endings();
  writing.reset();
  quiet.let_endings_through();
  await(child, reading.get(), quiet);

  // From here on there is no child.
  if (child.succeeded() || outputs->renamed()) {
    finish_as(child, *note, *held);
  }
  if (was_ended_from_outside(child)) {
    ::raise(WTERMSIG(child.status)); // comes when `quiet` ends
    quiet.end();
  }
  if (!outputs->restore()) {
    module.getContext().emitError("autopass: the output of a compile with plans cannot be undone; "
                                  "compile with AUTOPASS=off");
  }
  const Failure failure{reason_of(child, *note), note->why};
  ::munmap(note, sizeof(ChildNote));
  return failure;
}

} // namespace

std::optional<FunctionCount> fork_for_plans(const Module& module) {
  const auto failure = fork_and_wait(module);
  if (!failure) {
    return std::nullopt;
  }
  if (const std::string file = verdict_option(); !file.empty()) {
    report_failure(file, failure->reason, failure->why);
  }
  return failure->reason;
}

void append_when_done(const PluginRecord& record) {
  const std::string payload = payload_of(record);
  if (note_to_parent == nullptr) {
    append_frame(chosen_spool(), payload);
  } else if (payload.size() <= sizeof note_to_parent->record) {
    std::memcpy(note_to_parent->record, payload.data(), payload.size());
    note_to_parent->record_size = payload.size();
  }
}

void give_plans_up(FunctionCount reason, std::string_view why) { end_child(reason, why); }

} // namespace autopass
