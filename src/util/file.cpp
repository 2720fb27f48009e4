// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "file.h"

#include "descriptor.h"
#include "paths.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

Result<void> write_all(int fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno != EINTR) {
      return fail_errno("cannot write " + path);
    }
    content.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
  return {};
}

} // namespace

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  // Asked for before it is opened: whoever writes into a FIFO would take us for his reader.
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    return fail("cannot read " + path + ": not a regular file");
  }
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
    return fail_errno("cannot read " + path);
  }
  if (!S_ISREG(status.st_mode)) {
    return fail("cannot read " + path + ": not a regular file");
  }
  if (static_cast<std::uint64_t>(status.st_size) > limit) {
    return fail("cannot read " + path + ": larger than " + std::to_string(limit) + " bytes");
  }
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (filled < content.size()) {
    const ssize_t got = ::read(file.get(), content.data() + filled, content.size() - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return fail_errno("cannot read " + path);
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<std::size_t>(got);
  }
  content.resize(filled);
  return content;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.get() < 0) {
    return fail_errno("cannot write " + path);
  }
  return write_all(file.get(), content, path);
}

Result<void> replace_file(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".tmp." + std::to_string(::getpid());
  {
    const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.get() < 0) {
      return fail_errno("cannot write " + temporary);
    }
    TRY_VOID(write_all(file.get(), content, temporary));
    if (::fsync(file.get()) != 0) {
      return fail_errno("cannot write " + temporary);
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    auto error = fail_errno("cannot replace " + path);
    ::unlink(temporary.c_str());
    return error;
  }
  return {};
}

Result<void> make_folders(const std::string& path) {
  if (path.empty() || ::mkdir(path.c_str(), 0777) == 0) {
    return {};
  }
  if (errno == ENOENT && parent(path) != path) {
    TRY_VOID(make_folders(parent(path)));
    return ::mkdir(path.c_str(), 0777) == 0 || errno == EEXIST
               ? Result<void>()
               : fail_errno("cannot create folder " + path);
  }
  const int reason = errno;
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    return {};
  }
  errno = reason;
  return fail_errno("cannot create folder " + path);
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

bool may_create(const std::string& path) {
  const char* home = std::getenv("HOME");
  if (home != nullptr && path.starts_with(std::string(home) + "/") && !exists(home)) {
    return false;
  }
  if (::geteuid() != 0) {
    return true;
  }
  struct stat status {};
  std::string folder = parent(path);
  while (::stat(folder.c_str(), &status) != 0 && folder != "/" && folder != ".") {
    folder = parent(folder);
  }
  return status.st_uid == 0;
}

} // namespace autopass
