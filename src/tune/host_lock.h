// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One measuring session a host: two would disturb each other's numbers. The kernel drops the lock
// with the process, however it ends.
#pragma once

#include "util/error.h"

namespace autopass {

class HostLock {
public:
  // Does not wait; an Error (reason session-running) when another session holds it.
  static Result<HostLock> acquire();
  // Returns once nobody holds it.
  static Result<void> wait();
  HostLock(HostLock&& other) noexcept;
  HostLock& operator=(HostLock&&) = delete;
  ~HostLock();

private:
  explicit HostLock(int file) : m_file(file) {}
  int m_file;
};

} // namespace autopass
