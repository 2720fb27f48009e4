// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which descriptors are the compile's own: LLVM opens everything with O_CLOEXEC, and what was
// inherited cannot have that flag, or it would have been closed when clang was started. So the log of
// a build, or the pipe of make's job server, is nobody's output.
#include "outputs.h"

#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace autopass {
namespace {

bool is_own_and_written(int fd) {
  const int flags = fd > 2 ? ::fcntl(fd, F_GETFL) : -1;
  return flags != -1 && (flags & O_ACCMODE) != O_RDONLY && (::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0;
}

bool can_be_made_again(int fd) {
  struct stat status {};
  const bool known = ::fstat(fd, &status) == 0;
  const bool swallows_everything = S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3); // /dev/null
  const bool keeps_what_it_got = S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) ||
                                 S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode);
  return known && (swallows_everything || !keeps_what_it_got);
}

} // namespace

bool outputs_can_be_made_again() {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc/self/fd"), ::closedir);
  while (const dirent* entry = folder != nullptr ? ::readdir(folder.get()) : nullptr) {
    const int fd = std::atoi(entry->d_name);
    if (is_own_and_written(fd) && !can_be_made_again(fd)) {
      return false;
    }
  }
  return folder != nullptr;
}

} // namespace autopass
