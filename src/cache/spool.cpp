// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "spool.h"

#include "util/file.h"
#include "util/hash.h"
#include "util/paths.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr std::string_view record_magic = "APr1";
constexpr std::size_t header_size = 16;

std::string number_bytes(std::uint64_t value, std::size_t size) {
  return std::string(reinterpret_cast<const char*>(&value), size);
}

std::uint64_t read_number(std::string_view bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), bytes.size());
  return value;
}

std::uint64_t checksum(std::string_view payload) {
  return hash_text(payload).low;
}

// O_NONBLOCK: somebody may have put a FIFO there. 0600: command lines are nobody else's business.
int open_spool(const std::string& path) {
  constexpr int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  int fd = ::open(path.c_str(), flags);
  if (fd >= 0 || errno != ENOENT || !may_create(path)) {
    return fd;
  }
  fd = ::open(path.c_str(), flags | O_CREAT, 0600);
  if (fd >= 0 || errno != ENOENT || !make_folders(parent(path))) {
    return fd;
  }
  return ::open(path.c_str(), flags | O_CREAT, 0600);
}

// Past the user's file size limit (ulimit -f) a write would kill us, that is: his compile. Its signal comes to the
// thread that writes, which blocks it and takes it: what a signal does is the whole process's, and the threads of a
// link (pass/link.cpp) would turn it off and on under each other.
class WithoutFileSizeSignal {
public:
  WithoutFileSizeSignal() {
    sigset_t pending{};
    ::sigpending(&pending);
    m_was_pending = sigismember(&pending, SIGXFSZ) == 1; // not ours to take
    sigemptyset(&m_signal);
    sigaddset(&m_signal, SIGXFSZ);
    ::pthread_sigmask(SIG_BLOCK, &m_signal, &m_before);
  }
  ~WithoutFileSizeSignal() {
    constexpr struct timespec at_once {};
    if (!m_was_pending) {
      ::sigtimedwait(&m_signal, nullptr, &at_once);
    }
    ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
  }

private:
  sigset_t m_signal{}, m_before{};
  bool m_was_pending = false;
};

} // namespace

RecordWriter& RecordWriter::text(std::string_view value) {
  m_payload += number_bytes(value.size(), 4);
  m_payload += value;
  return *this;
}

RecordWriter& RecordWriter::number(std::int64_t value) {
  m_payload += number_bytes(static_cast<std::uint64_t>(value), 8);
  return *this;
}

RecordWriter& RecordWriter::list(const std::vector<std::string>& values) {
  m_payload += number_bytes(values.size(), 4);
  for (const auto& value : values) {
    text(value);
  }
  return *this;
}

RecordReader::RecordReader(std::string_view payload) : m_rest(payload) {
  const std::string_view type = take(1);
  m_type = m_ok ? static_cast<RecordType>(type[0]) : RecordType{};
}

std::string_view RecordReader::take(std::size_t size) {
  if (!m_ok || size > m_rest.size()) {
    m_ok = false;
    return {};
  }
  const std::string_view taken = m_rest.substr(0, size);
  m_rest.remove_prefix(size);
  return taken;
}

std::string RecordReader::text() {
  const std::string_view size = take(4);
  return m_ok ? std::string(take(read_number(size))) : std::string();
}

std::int64_t RecordReader::number() {
  const std::string_view bytes = take(8);
  return m_ok ? static_cast<std::int64_t>(read_number(bytes)) : 0;
}

std::vector<std::string> RecordReader::list() {
  const std::string_view size = take(4);
  std::vector<std::string> values;
  for (std::uint64_t left = m_ok ? read_number(size) : 0; left > 0 && m_ok; --left) {
    values.push_back(text());
  }
  return values;
}

std::string chosen_spool() {
  const char* chosen = std::getenv("AUTOPASS_SPOOL");
  return chosen != nullptr ? chosen : spool_path();
}

std::string spool_overflow(const std::string& spool) {
  return spool + ".dropped";
}

std::int64_t dropped_records(const std::string& spool) {
  struct stat status {};
  const bool there = ::lstat(spool_overflow(spool).c_str(), &status) == 0;
  return there && S_ISREG(status.st_mode) ? status.st_size : 0;
}

void write_once(int fd, std::string_view bytes) {
  const WithoutFileSizeSignal guard;
  [[maybe_unused]] const ssize_t written = ::write(fd, bytes.data(), bytes.size());
}

void append_frame(const std::string& spool, std::string_view payload) {
  if (spool.empty() || payload.size() > static_cast<std::size_t>(spool_limit)) {
    return;
  }
  std::string frame(record_magic);
  frame += number_bytes(payload.size(), 4) + number_bytes(checksum(payload), 8);
  frame += payload;
  const int fd = open_spool(spool);
  if (fd < 0) {
    return;
  }
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
    if (status.st_size + static_cast<std::int64_t>(frame.size()) <= spool_limit) {
      write_once(fd, frame); // a short write leaves a torn record, which the reader skips
    } else if (const int overflow = open_spool(spool_overflow(spool)); overflow >= 0) {
      write_once(overflow, "."); // the file's size is the count
      ::close(overflow);
    }
  }
  ::close(fd);
}

void read_frames(std::string_view bytes, const std::function<void(std::string_view)>& record) {
  while (true) {
    const auto start = bytes.find(record_magic);
    if (start == std::string_view::npos || bytes.size() - start < header_size) {
      return;
    }
    bytes.remove_prefix(start);
    const std::uint64_t size = read_number(bytes.substr(4, 4));
    const std::string_view payload =
        size <= bytes.size() - header_size ? bytes.substr(header_size, size) : std::string_view();
    if (!payload.empty() && checksum(payload) == read_number(bytes.substr(8, 8))) {
      record(payload);
      bytes.remove_prefix(header_size + payload.size());
    } else {
      bytes.remove_prefix(record_magic.size()); // torn: a whole record may begin inside what it claims
    }
  }
}

std::string pack(const std::vector<std::string>& words) {
  std::string packed;
  for (const auto& word : words) {
    packed.append(word).push_back('\0');
  }
  return packed;
}

std::vector<std::string> unpack(std::string_view packed) {
  std::vector<std::string> words;
  while (!packed.empty()) {
    const auto end = packed.find('\0');
    words.emplace_back(packed.substr(0, end));
    packed.remove_prefix(end == std::string_view::npos ? packed.size() : end + 1);
  }
  return words;
}

} // namespace autopass
