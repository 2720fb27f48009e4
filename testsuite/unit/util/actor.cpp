// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Behaves as it is told, one act after the other:
//   say TEXT, complain TEXT, argv0, getenv NAME, exit N, signal N, hang, flood, time,
//   burn MILLISECONDS (of CPU time), write FILE TEXT, copy (stdin to stdout), leave FILE (two
//   children that write FILE after 2 s and keep stdout open), escape (a child in its own session
//   that prints for ever), join GROUP (of processes), connect PORT (of this machine; exit code 1 when it cannot)
#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <sys/socket.h>
#include <unistd.h>

namespace {

void burn(long milliseconds) {
  const std::clock_t end = std::clock() + milliseconds * CLOCKS_PER_SEC / 1000;
  while (std::clock() < end) {
  }
}

void write(const char* path, const char* text) {
  if (std::FILE* file = std::fopen(path, "w")) {
    std::fputs(text, file);
    std::fclose(file);
  }
}

void leave(const char* path) {
  for (int i = 0; i < 2; ++i) {
    if (::fork() == 0) {
      ::sleep(2);
      write(path, "still here");
      ::_exit(0);
    }
  }
}

void escape() {
  if (::fork() == 0) {
    ::setsid();
    ::alarm(5); // for the machine's sake
    while (::write(1, "x", 1) == 1) {
    }
    ::_exit(0);
  }
}

bool can_connect(int port) {
  struct sockaddr_in address {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<unsigned short>(port));
  return ::connect(::socket(AF_INET, SOCK_STREAM, 0), reinterpret_cast<struct sockaddr*>(&address),
                   sizeof address) == 0;
}

} // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const auto is = [&](const char* act) { return std::strcmp(argv[i], act) == 0; };
    const auto next = [&] { return i + 1 < argc ? argv[++i] : ""; };
    if (is("say")) {
      std::puts(next());
    } else if (is("connect")) {
      if (!can_connect(std::atoi(next()))) {
        return 1;
      }
    } else if (is("complain")) {
      std::fprintf(stderr, "%s\n", next());
    } else if (is("argv0")) {
      std::puts(argv[0]);
    } else if (is("getenv")) {
      const char* value = std::getenv(next());
      std::puts(value != nullptr ? value : "(unset)");
    } else if (is("exit")) {
      return std::atoi(next());
    } else if (is("signal")) {
      std::raise(std::atoi(next()));
    } else if (is("hang")) {
      ::pause();
    } else if (is("flood")) {
      while (std::puts("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") >= 0) {
      }
    } else if (is("time")) {
      std::printf("%ld\n", static_cast<long>(std::time(nullptr)));
    } else if (is("burn")) {
      burn(std::atol(next()));
    } else if (is("write")) {
      const char* path = next();
      write(path, next());
    } else if (is("copy")) {
      for (int c = std::getchar(); c != EOF; c = std::getchar()) {
        std::putchar(c);
      }
    } else if (is("leave")) {
      leave(next());
    } else if (is("join")) {
      ::setpgid(0, std::atoi(next()));
    } else if (is("escape")) {
      escape();
    } else {
      std::fprintf(stderr, "unknown act %s\n", argv[i]);
      return 2;
    }
    std::fflush(stdout);
  }
  return 0;
}
