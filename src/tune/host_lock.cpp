// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "host_lock.h"

#include "util/file.h"
#include "util/paths.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace autopass {

Result<HostLock> HostLock::acquire() {
  TRY_VOID(make_folders(state_folder()));
  const std::string path = state_folder() + "/session.lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) {
    return fail_errno("cannot open " + path);
  }
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return fail("another tuning session is measuring on this machine",
                "wait for it (autopass status), or stop it", "session-running");
  }
  return HostLock(file);
}

HostLock::HostLock(HostLock&& other) noexcept : m_file(std::exchange(other.m_file, -1)) {}

HostLock::~HostLock() {
  if (m_file >= 0) {
    ::close(m_file);
  }
}

} // namespace autopass
