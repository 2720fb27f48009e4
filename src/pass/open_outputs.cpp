// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which descriptors are the compile's own: LLVM opens everything with O_CLOEXEC, and what was
// inherited cannot have that flag, or it would have been closed when clang was started. So the log of
// a build, which others append to, is never cut short.
#include "open_outputs.h"

#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr const char* descriptors = "/proc/self/fd";

std::vector<int> own_writable_descriptors() {
  std::vector<int> found;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(descriptors), ::closedir);
  while (const dirent* entry = folder != nullptr ? ::readdir(folder.get()) : nullptr) {
    const int fd = std::atoi(entry->d_name);
    const int flags = fd > 2 ? ::fcntl(fd, F_GETFL) : -1;
    if (flags != -1 && (flags & O_ACCMODE) != O_RDONLY && (::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0) {
      found.push_back(fd);
    }
  }
  return found;
}

std::string name_of_descriptor(int fd) {
  char name[4096];
  const std::string link = std::string(descriptors) + "/" + std::to_string(fd);
  const ssize_t length = ::readlink(link.c_str(), name, sizeof name);
  return length > 0 ? std::string(name, static_cast<std::size_t>(length)) : std::string();
}

bool swallows_everything(const struct stat& status) {
  return S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3); // /dev/null
}

bool cannot_be_rewound(const struct stat& status) {
  return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || S_ISCHR(status.st_mode) ||
         S_ISBLK(status.st_mode);
}

} // namespace

std::optional<OpenOutputs> OpenOutputs::find() {
  OpenOutputs outputs;
  bool any = false;
  for (const int fd : own_writable_descriptors()) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) {
      return std::nullopt;
    }
    if (S_ISREG(status.st_mode)) {
      const off_t position = ::lseek(fd, 0, SEEK_CUR);
      if (position < 0) {
        return std::nullopt;
      }
      outputs.m_outputs.push_back({fd, name_of_descriptor(fd), status.st_dev, status.st_ino,
                                   status.st_mode, status.st_size, position});
      any = true;
    } else if (swallows_everything(status)) {
      any = true;
    } else if (cannot_be_rewound(status)) {
      return std::nullopt;
    }
  }
  return any ? std::optional(std::move(outputs)) : std::nullopt;
}

bool OpenOutputs::renamed() const {
  for (const Output& output : m_outputs) {
    struct stat open {}, named {};
    const bool is_there = ::fstat(output.fd, &open) == 0 && open.st_nlink > 0;
    const bool has_its_name = ::stat(output.path.c_str(), &named) == 0 &&
                              named.st_dev == output.device && named.st_ino == output.inode;
    if (is_there && !has_its_name) {
      return true;
    }
  }
  return false;
}

bool OpenOutputs::restore() const {
  bool done = true;
  for (const Output& output : m_outputs) {
    done = restore(output) && done;
  }
  return done;
}

// A compile that ends with an error removes its output. What is still open then has no name, and can
// be given none: so a new file takes its place, under the old name and the old number.
bool OpenOutputs::restore(const Output& output) {
  struct stat open {};
  if (::fstat(output.fd, &open) == 0 && open.st_nlink == 0) {
    const int file = ::open(output.path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
      return false;
    }
    const bool replaced = ::fchmod(file, output.mode & 07777) == 0 &&
                          ::dup3(file, output.fd, O_CLOEXEC) == output.fd;
    ::close(file);
    return replaced && output.size == 0;
  }
  return ::ftruncate(output.fd, output.size) == 0 &&
         ::lseek(output.fd, output.position, SEEK_SET) == output.position;
}

} // namespace autopass
