// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The spool's byte format, and reading it back. A record is one frame:
//
//   magic "APr1" | payload length, 32 bits | checksum of the payload, 64 bits | payload
//
// and a payload is a type byte and then fields, each a 32-bit length and bytes. All numbers are in
// this host's byte order: a spool never leaves the machine. A reader that meets anything else (a
// record cut short by a full disk, another program's bytes) looks for the next magic.
//
// Invariant: frames are appended by one write each, so those of 64 compiles in parallel do not mix.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

enum class RecordType : unsigned char { Job = 1, Plugin = 2, QueueRequest = 3, Count = 4, Link = 5 };

// Collects the fields of one payload.
class RecordWriter {
public:
  explicit RecordWriter(RecordType type) : m_payload(1, static_cast<char>(type)) {}
  RecordWriter& text(std::string_view value);
  RecordWriter& number(std::int64_t value);
  RecordWriter& list(const std::vector<std::string>& values);
  const std::string& payload() const { return m_payload; }

private:
  std::string m_payload;
};

// Takes them out again. After a field that is not there ok() is false and all values are empty.
class RecordReader {
public:
  explicit RecordReader(std::string_view payload);
  RecordType type() const { return m_type; }
  std::string text();
  std::int64_t number();
  std::vector<std::string> list();
  bool ok() const { return m_ok; } // every field was there
  bool at_end() const { return m_ok && m_rest.empty(); }

private:
  std::string_view take(std::size_t size);
  RecordType m_type{};
  std::string_view m_rest;
  bool m_ok = true;
};

// A record that would make the spool larger is dropped, and leaves one byte in spool_overflow().
inline constexpr std::int64_t spool_limit = 64ll << 20;
std::string spool_overflow(const std::string& spool);
// Its size: how many were dropped since the last fold.
std::int64_t dropped_records(const std::string& spool);

// $AUTOPASS_SPOOL, which may be empty: record nothing; else spool_path().
std::string chosen_spool();
// One write, which no limit on the size of files turns into the end of the process.
void write_once(int fd, std::string_view bytes);
// One frame, one write; any obstacle drops it. Creates the file and its folder, but not as root in
// another user's: may_create().
void append_frame(const std::string& spool, std::string_view payload);
// Calls `record` for each whole frame in `bytes`, in order.
void read_frames(std::string_view bytes, const std::function<void(std::string_view)>& record);

// NUL-terminated words: how lists are kept in a column of builds.db.
std::string pack(const std::vector<std::string>& words);
std::vector<std::string> unpack(std::string_view packed);

} // namespace autopass
