// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "descriptor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace autopass {

// Where one of the child's streams goes: a file, or a pipe that we read into `text`.
struct Stream {
  Descriptor read, write;
  std::string text;

  bool open_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      return false;
    }
    read.reset(above_standard(ends[0]));
    write.reset(above_standard(ends[1]));
    return read.get() >= 0 && write.get() >= 0 && ::fcntl(read.get(), F_SETFL, O_NONBLOCK) == 0;
  }
  bool open(const std::string& path) {
    if (path.empty()) {
      return open_pipe();
    }
    write.reset(
        above_standard(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)));
    return write.get() >= 0;
  }
  // Takes what is there, at most `limit` bytes in all; what is beyond is read and dropped.
  // Bounded, because a program that left the group may write for ever.
  void take(std::uint64_t limit) {
    std::array<char, 65536> buffer;
    for (int round = 0; round < 16 && read.get() >= 0; ++round) {
      const ssize_t got = ::read(read.get(), buffer.data(), buffer.size());
      if (got > 0) {
        const auto room = limit - std::min<std::uint64_t>(limit, text.size());
        text.append(buffer.data(), std::min<std::size_t>(static_cast<std::size_t>(got), room));
      } else if (got == 0) {
        read.reset();
      } else if (errno != EINTR) {
        return;
      }
    }
  }
};

} // namespace autopass
