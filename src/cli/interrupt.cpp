// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "interrupt.h"

#include "verbs.h"

#include <csignal>
#include <cstring>
#include <unistd.h>

namespace autopass {
namespace {

const char* said_last = "";

extern "C" void end_program(int) {
  [[maybe_unused]] const ssize_t written = ::write(2, said_last, std::strlen(said_last));
  ::_exit(exit_interrupted);
}

} // namespace

void end_on_interrupt(const char* message) {
  said_last = message;
  struct sigaction action {};
  action.sa_handler = end_program;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) { // nohup and background shells mean it
      ::sigaction(signal, &action, nullptr);
    }
  }
}

} // namespace autopass
