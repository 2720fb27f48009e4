// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "own_command.h"

#include "util/descriptor.h"
#include "util/paths.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

bool is_pipe(const char* path) {
  struct stat file {}, null {};
  return ::stat(path, &file) == 0 && ::stat("/dev/null", &null) == 0 && !S_ISREG(file.st_mode) &&
         !S_ISDIR(file.st_mode) && !S_ISBLK(file.st_mode) && file.st_rdev != null.st_rdev;
}

} // namespace

bool is_started_directly() {
  char path[4096];
  const ssize_t size = ::readlink(own_program, path, sizeof path);
  return size > 0 && base_name({path, static_cast<std::size_t>(size)}).rfind("ld", 0) != 0;
}

bool OwnCommand::read() {
  text.clear();
  words.clear();
  // A file of /proc has no size that could be asked for.
  const Descriptor file(::open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC));
  char bytes[1 << 16];
  for (ssize_t got; (got = ::read(file.get(), bytes, sizeof bytes)) > 0;) {
    text.append(bytes, static_cast<std::size_t>(got));
  }
  if (text.empty() || text.back() != '\0') {
    return false;
  }
  for (std::size_t at = 0; at < text.size(); at += std::strlen(&text[at]) + 1) {
    words.push_back(&text[at]);
  }
  words.push_back(nullptr);
  return true;
}

bool OwnCommand::has_pipe() const {
  return std::any_of(words.begin(), words.end() - 1, [](const char* word) {
    const char* value = std::strchr(word, '=');
    return is_pipe(word) || (value != nullptr && is_pipe(value + 1));
  });
}

} // namespace autopass
