// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "fork_child.h"

#include "options.h"

#include <llvm/Support/ErrorHandling.h>
#include <llvm/Support/Signals.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace autopass {

using namespace llvm;

namespace {

constexpr rlim_t least_seconds = 10;
constexpr rlim_t instructions_a_second = 500;
constexpr rlim_t least_memory = rlim_t(2) << 30;
constexpr rlim_t times_the_memory = 8;
constexpr int exit_code = 70; // EX_SOFTWARE; the note says more

// Crashes, and the limit on time. Without handlers of ours clang would print a stack trace and write
// a reproducer; by default the kernel would write a core file.
constexpr std::array failures = {SIGSEGV, SIGBUS, SIGILL, SIGFPE,
                                 SIGABRT, SIGTRAP, SIGSYS, SIGXCPU, SIGXFSZ};

ChildNote* note_of_this_child = nullptr; // null: we are no child

void on_failure(int number) {
  char why[32] = "signal 00";
  why[7] = static_cast<char>('0' + number / 10);
  why[8] = static_cast<char>('0' + number % 10);
  end_child(number == SIGXCPU ? FunctionCount::PlanTimeout : FunctionCount::PlanCrashed, why);
}

void on_end(int) {
  sys::RunInterruptHandlers();
  ::_exit(exit_code);
}

void on_fatal_error(void*, const char* why, bool) {
  end_child(FunctionCount::PlanFatalError, why != nullptr ? why : "");
}

void on_no_memory(void*, const char*, bool) {
  end_child(FunctionCount::PlanOutOfMemory, "the limit on memory");
}

void on_failed_new() { on_no_memory(nullptr, nullptr, false); }

// A stack that has overflown leaves no room for a handler.
bool use_another_stack() {
  constexpr std::size_t size = 64 << 10;
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  stack_t stack{};
  stack.ss_sp = memory;
  stack.ss_size = size;
  return memory != MAP_FAILED && ::sigaltstack(&stack, nullptr) == 0;
}

bool handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigset_t one;
  ::sigemptyset(&one);
  ::sigaddset(&one, number);
  return ::sigaction(number, &action, nullptr) == 0 &&
         ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr) == 0;
}

bool set_limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) != 0) {
    return false;
  }
  limit.rlim_max = std::min(limit.rlim_max, hard); // RLIM_INFINITY is the largest there is
  limit.rlim_cur = std::min({limit.rlim_cur, limit.rlim_max, soft});
  return ::setrlimit(resource, &limit) == 0;
}

bool set_limits(const ChildLimits& limits) {
  return set_limit(RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 2) &&
         set_limit(RLIMIT_AS, limits.address_space, limits.address_space) &&
         set_limit(RLIMIT_CORE, 0, 0);
}

} // namespace

ChildLimits child_limits(const Module& module) {
  ChildLimits limits{least_seconds + module.getInstructionCount() / instructions_a_second,
                     RLIM_INFINITY};
  if (const unsigned seconds = limit_option(); seconds > 0) {
    limits.cpu_seconds = seconds;
  }
  unsigned long pages = 0, resident = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  if (file != nullptr && std::fscanf(file, "%lu %lu", &pages, &resident) == 2) {
    const rlim_t page = static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
    limits.address_space =
        pages * page + std::max(least_memory, times_the_memory * resident * page);
  }
  if (file != nullptr) {
    std::fclose(file);
  }
  return limits;
}

int child_end_signal() { return SIGRTMAX - 2; }

bool become_child(ChildNote& note, const ChildLimits& limits, pid_t parent) {
  note_of_this_child = &note;
  if (!use_another_stack() || !handle(child_end_signal(), on_end) ||
      ::prctl(PR_SET_PDEATHSIG, child_end_signal()) != 0 || ::getppid() != parent) {
    return false;
  }
  for (const int number : failures) {
    if (!handle(number, on_failure)) {
      return false;
    }
  }
  remove_fatal_error_handler();
  install_fatal_error_handler(on_fatal_error);
  remove_bad_alloc_error_handler();
  install_bad_alloc_error_handler(on_no_memory);
  std::set_new_handler(on_failed_new);
  return set_limits(limits);
}

void end_child(FunctionCount reason, std::string_view why) {
  if (ChildNote* note = note_of_this_child; note != nullptr && !note->failed) {
    note->reason = reason;
    std::memcpy(note->why, why.data(), std::min(why.size(), sizeof note->why - 1));
    note->failed = true;
  }
  sys::RunInterruptHandlers(); // removes what it has opened
  ::_exit(exit_code);
}

} // namespace autopass
