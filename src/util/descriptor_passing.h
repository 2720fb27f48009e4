// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Messages with descriptors between our own processes, over a socket that keeps messages apart. All of
// it can be used between fork and exec.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <sys/socket.h>

namespace autopass {

constexpr std::size_t most_passed = 4;

inline bool send_message(int socket, const void* data, std::size_t size, const int* passed = nullptr,
                         std::size_t count = 0) {
  struct iovec part {const_cast<void*>(data), size};
  alignas(struct cmsghdr) std::array<char, CMSG_SPACE(most_passed * sizeof(int))> room{};
  struct msghdr message {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (count > 0) {
    message.msg_control = room.data();
    message.msg_controllen = CMSG_SPACE(count * sizeof(int));
    struct cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(count * sizeof(int));
    std::memcpy(CMSG_DATA(head), passed, count * sizeof(int));
  }
  return ::sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(size);
}

// True when a message of this size came; descriptors that did not come stay as they were. They are
// close-on-exec.
inline bool receive_message(int socket, void* data, std::size_t size, int* passed = nullptr,
                            std::size_t count = 0, int flags = 0) {
  struct iovec part {data, size};
  alignas(struct cmsghdr) std::array<char, CMSG_SPACE(most_passed * sizeof(int))> room{};
  struct msghdr message {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = room.data();
  message.msg_controllen = room.size();
  if (::recvmsg(socket, &message, flags | MSG_CMSG_CLOEXEC) != static_cast<ssize_t>(size)) {
    return false;
  }
  const struct cmsghdr* head = CMSG_FIRSTHDR(&message);
  if (head != nullptr && head->cmsg_type == SCM_RIGHTS &&
      head->cmsg_len == CMSG_LEN(count * sizeof(int))) {
    std::memcpy(passed, CMSG_DATA(head), count * sizeof(int));
  }
  return true;
}

} // namespace autopass
