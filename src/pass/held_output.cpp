// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "held_output.h"

#include <cerrno>
#include <poll.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) { // somebody has made the terminal non-blocking
      pollfd writable{fd, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

void replay_into(int fd, int memory) {
  char bytes[16384];
  off_t at = 0;
  while (true) {
    const ssize_t count = ::pread(memory, bytes, sizeof bytes, at);
    if (count <= 0 || !write_all(fd, {bytes, static_cast<std::size_t>(count)})) {
      return;
    }
    at += count;
  }
}

int memory_file() { return above_standard(::memfd_create("autopass", MFD_CLOEXEC)); }

} // namespace

std::unique_ptr<HeldOutput> HeldOutput::make() {
  std::unique_ptr<HeldOutput> held(new HeldOutput);
  struct stat output {}, errors {};
  if (::fstat(STDOUT_FILENO, &output) != 0 || ::fstat(STDERR_FILENO, &errors) != 0) {
    return nullptr;
  }
  held->m_one_file = output.st_dev == errors.st_dev && output.st_ino == errors.st_ino;
  held->m_errors.reset(memory_file());
  if (!held->m_one_file) {
    held->m_output.reset(memory_file());
  }
  return held->m_errors.get() >= 0 && held->output() >= 0 ? std::move(held) : nullptr;
}

bool HeldOutput::capture() const {
  return ::dup2(output(), STDOUT_FILENO) >= 0 && ::dup2(m_errors.get(), STDERR_FILENO) >= 0;
}

void HeldOutput::replay() const {
  if (!m_one_file) {
    replay_into(STDOUT_FILENO, m_output.get());
  }
  replay_into(STDERR_FILENO, m_errors.get());
}

} // namespace autopass
