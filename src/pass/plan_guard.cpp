// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan_guard.h"

#include "options.h"
#include "second_start.h"

#include <llvm/Support/ErrorHandling.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <new>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace autopass {

using namespace llvm;

namespace {

constexpr long least_seconds = 10;
constexpr long instructions_a_second = 500;
constexpr rlim_t least_memory = rlim_t(2) << 30;
constexpr rlim_t times_the_memory = 8;

// Without handlers of ours clang would print a stack trace and write a reproducer, or the kernel a
// core file.
constexpr std::array crashes = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};

int out_of_time() { return SIGRTMAX - 2; }

struct Before {
  std::array<struct sigaction, crashes.size()> actions;
  sigset_t mask;
  rlimit memory;
};
Before before;
timer_t timer;
bool has_timer = false;
std::atomic<bool> inside = false;

void on_crash(int number) {
  char why[] = "signal 00";
  why[7] = static_cast<char>('0' + number / 10);
  why[8] = static_cast<char>('0' + number % 10);
  start_again(FunctionCount::PlanCrashed, why);
}

void on_time(int) {
  if (inside) { // else it came when all was done
    start_again(FunctionCount::PlanTimeout, "the limit on time");
  }
}

void on_fatal_error(void*, const char* why, bool) {
  if (!inside) {
    return; // LLVM's own words follow
  }
  start_again(FunctionCount::PlanFatalError, why != nullptr ? why : "");
}

void on_no_memory(void*, const char*, bool) {
  start_again(FunctionCount::PlanOutOfMemory, "the limit on memory");
}

void on_failed_new() { on_no_memory(nullptr, nullptr, false); }

} // namespace

// A stack that has overflown leaves no room for a handler.
bool use_another_stack() {
  constexpr std::size_t size = 64 << 10;
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  stack_t stack{};
  stack.ss_sp = memory;
  stack.ss_size = size;
  return memory != MAP_FAILED && ::sigaltstack(&stack, nullptr) == 0;
}

namespace {

bool handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESTART;
  sigset_t one;
  ::sigemptyset(&one);
  ::sigaddset(&one, number);
  return ::sigaction(number, &action, nullptr) == 0 && ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr) == 0;
}

// CPU time, because a stopped or crowded machine must not turn into another object.
bool limit_time(const Module& module) {
  const long given = limit_option();
  const long seconds = given > 0 ? given
                                 : least_seconds + static_cast<long>(module.getInstructionCount()) / instructions_a_second;
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = out_of_time();
  itimerspec limit{};
  limit.it_value.tv_sec = seconds;
  limit.it_interval.tv_sec = 1; // and again, should the first have met a system call that starts over
  has_timer = handle(out_of_time(), on_time) &&
              ::timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) == 0;
  return has_timer && ::timer_settime(timer, 0, &limit, nullptr) == 0;
}

bool limit_memory() {
  unsigned long pages = 0, resident = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  const bool known = file != nullptr && std::fscanf(file, "%lu %lu", &pages, &resident) == 2;
  if (file != nullptr) {
    std::fclose(file);
  }
  if (!known) {
    return false;
  }
  const rlim_t page = static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
  rlimit limit = before.memory;
  limit.rlim_cur = std::min(limit.rlim_cur, // RLIM_INFINITY is the largest there is
                            pages * page + std::max(least_memory, times_the_memory * resident * page));
  return ::setrlimit(RLIMIT_AS, &limit) == 0;
}

bool remember() {
  bool known = ::pthread_sigmask(SIG_SETMASK, nullptr, &before.mask) == 0 &&
               ::getrlimit(RLIMIT_AS, &before.memory) == 0;
  for (std::size_t i = 0; i < crashes.size(); ++i) {
    known = ::sigaction(crashes[i], nullptr, &before.actions[i]) == 0 && known;
  }
  return known;
}

bool catch_crashes() {
  inside = remember();
  return inside && std::all_of(crashes.begin(), crashes.end(), [](int crash) { return handle(crash, on_crash); });
}

void catch_fatal_errors() {
  remove_fatal_error_handler();
  install_fatal_error_handler(on_fatal_error);
}

} // namespace

bool enter_link_guard() {
  if (!catch_crashes()) {
    return false;
  }
  catch_fatal_errors();
  return true;
}

bool enter_guard(const Module& module) {
  if (!use_another_stack() || !catch_crashes() || !limit_time(module) || !limit_memory()) {
    return false;
  }
  catch_fatal_errors();
  remove_bad_alloc_error_handler();
  install_bad_alloc_error_handler(on_no_memory);
  std::set_new_handler(on_failed_new);
  return true;
}

void leave_guard() {
  if (inside.exchange(false)) {
    if (has_timer) {
      ::timer_delete(timer);
    }
    ::setrlimit(RLIMIT_AS, &before.memory);
    for (std::size_t i = 0; i < crashes.size(); ++i) {
      ::sigaction(crashes[i], &before.actions[i], nullptr);
    }
    ::pthread_sigmask(SIG_SETMASK, &before.mask, nullptr);
  }
}

void leave_guard_to_exec() {
  ::setrlimit(RLIMIT_AS, &before.memory);
  ::pthread_sigmask(SIG_SETMASK, &before.mask, nullptr);
}

} // namespace autopass
