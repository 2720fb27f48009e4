// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// sampled HOW: three quarters of its CPU time in hot(), a quarter in two functions named twin().
// HOW it works or ends: "return", "_exit", "signal", "fork" (all the work in a child), "thread" (in
// a thread), "exec" (becomes a shell that counts, for longer than a timer needs to meet it).
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

volatile unsigned sink;

void other_file(long milliseconds);

// Not the clock at every turn: the time must be spent here and not in libc.
#define SPEND(milliseconds)                                                                        \
  for (const std::clock_t end = std::clock() + (milliseconds)*CLOCKS_PER_SEC / 1000;               \
       std::clock() < end;) {                                                                      \
    for (unsigned i = 0; i < 200'000; ++i) {                                                       \
      sink = sink * 5 + i;                                                                         \
    }                                                                                              \
  }

static void hot(long milliseconds) {
  SPEND(milliseconds)
}
static void twin(long milliseconds) {
  SPEND(milliseconds)
}

static void work() {
  hot(300);
  twin(50);
  other_file(50);
}

int main(int argc, char** argv) {
  const char* how = argc > 1 ? argv[1] : "return";
  std::puts("working");
  std::fflush(stdout);
  if (std::strcmp(how, "fork") == 0) {
    if (::fork() == 0) {
      work();
      ::_exit(0);
    }
    ::wait(nullptr);
    return 0;
  }
  if (std::strcmp(how, "thread") == 0) {
    std::thread(work).join();
    return 0;
  }
  work();
  if (std::strcmp(how, "_exit") == 0) {
    ::_exit(0);
  } else if (std::strcmp(how, "signal") == 0) {
    std::raise(SIGKILL);
  } else if (std::strcmp(how, "exec") == 0) {
    ::execlp("sh", "sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done", nullptr);
  }
  return 0;
}
