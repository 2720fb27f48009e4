// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A file descriptor with an owner.
#pragma once

#include <fcntl.h>
#include <unistd.h>

namespace autopass {

// 0, 1 and 2 are where a child's own files go: when ours are closed, a new descriptor would take such
// a number and be overwritten. Moves `fd` out of the way; close-on-exec.
inline int above_standard(int fd) {
  if (fd < 0 || fd > 2) {
    return fd;
  }
  const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
  ::close(fd);
  return moved;
}

class Descriptor {
public:
  explicit Descriptor(int fd = -1) : m_fd(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }
  void reset(int fd = -1) {
    if (m_fd >= 0) {
      ::close(m_fd);
    }
    m_fd = fd;
  }
  int get() const { return m_fd; }
  void release() { m_fd = -1; } // stays open, without an owner

private:
  int m_fd;
};

} // namespace autopass
