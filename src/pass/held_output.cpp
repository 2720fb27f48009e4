// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "held_output.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr int first_free = 3; // behind the standard ones

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

bool HeldOutput::begin() {
  struct stat output {}, errors {};
  if (::fstat(STDOUT_FILENO, &output) != 0 || ::fstat(STDERR_FILENO, &errors) != 0) {
    return false;
  }
  std::fflush(nullptr);
  m_one_file = output.st_dev == errors.st_dev && output.st_ino == errors.st_ino;
  m_errors.reset(memory_file());
  if (!m_one_file) {
    m_output.reset(memory_file());
  }
  m_real_output.reset(::fcntl(STDOUT_FILENO, F_DUPFD, first_free)); // not closed by exec
  m_real_error.reset(::fcntl(STDERR_FILENO, F_DUPFD, first_free));
  m_early_output.reset(memory_file());
  m_early_errors.reset(memory_file());
  const bool ready = m_errors.get() >= 0 && this->output() >= 0 && m_real_output.get() >= 0 &&
                     m_real_error.get() >= 0 && m_early_output.get() >= 0 && m_early_errors.get() >= 0;
  if (ready && ::dup2(this->output(), STDOUT_FILENO) >= 0 && ::dup2(m_errors.get(), STDERR_FILENO) >= 0) {
    return true;
  }
  if (ready) {
    ::dup2(m_real_output.get(), STDOUT_FILENO);
  }
  return false;
}

void HeldOutput::replay() {
  std::fflush(nullptr);
  take_back(m_real_output.get(), m_real_error.get());
  m_real_output.release();
  m_real_error.release();
  if (!m_one_file) {
    replay_into(STDOUT_FILENO, m_output.get());
  }
  replay_into(STDERR_FILENO, m_errors.get());
}

void HeldOutput::drop() const {
  ::dup2(m_early_output.get(), STDOUT_FILENO);
  ::dup2(m_early_errors.get(), STDERR_FILENO);
}

off_t HeldOutput::size() const {
  struct stat errors {};
  return ::fstat(m_errors.get(), &errors) == 0 ? errors.st_size : 0;
}

void HeldOutput::replay_early(int real_output, int real_error) {
  replay_into(real_output, STDOUT_FILENO);
  replay_into(real_error, STDERR_FILENO);
}

void HeldOutput::take_back(int real_output, int real_error) {
  ::dup2(real_output, STDOUT_FILENO);
  ::dup2(real_error, STDERR_FILENO);
  ::close(real_output);
  ::close(real_error);
}

} // namespace autopass
