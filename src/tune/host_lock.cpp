// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "host_lock.h"

#include "util/file.h"
#include "util/paths.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace autopass {
namespace {

Result<int> open_lock() {
  const std::string path = state_folder() + "/session.lock";
  if (!exists(path) && !may_create(path)) {
    return fail("nothing is made in another user's folder as root, nor where HOME is missing: " + path,
                "do it as that user, or set XDG_STATE_HOME", "foreign-folder");
  }
  TRY_VOID(make_folders(state_folder()));
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  return file >= 0 ? Result<int>(file)
                   : fail_errno("cannot open " + path,
                                "check that you may write it; XDG_STATE_HOME names another place");
}

} // namespace

Result<HostLock> HostLock::acquire() {
  TRY(const int file, open_lock());
  // Workers that have waited hold it for an instant.
  for (int tries = 5; ::flock(file, LOCK_EX | LOCK_NB) != 0; --tries) {
    if (tries > 0) {
      ::usleep(20'000);
      continue;
    }
    ::close(file);
    return fail("another tuning session of yours is measuring on this machine",
                "wait for it: autopass status says which, and its process number",
                "session-running");
  }
  return HostLock(file);
}

Result<void> HostLock::wait() {
  TRY(const int file, open_lock());
  const HostLock lock(file);
  while (::flock(file, LOCK_SH) != 0) {
    if (errno != EINTR) {
      return fail_errno("cannot wait for the other session",
                        "its lock needs a file system with flock(); XDG_STATE_HOME names another place");
    }
  }
  return {};
}

HostLock::HostLock(HostLock&& other) noexcept : m_file(std::exchange(other.m_file, -1)) {}

HostLock::~HostLock() {
  if (m_file >= 0) {
    ::close(m_file);
  }
}

} // namespace autopass
