// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files as whole values, and the few file-system questions that the rest asks.
#pragma once

#include "error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace autopass {

// Reads a regular file of at most `limit` bytes; never blocks on a FIFO or a device.
Result<std::string> read_file(const std::string& path, std::uint64_t limit = 1ull << 30);
// Creates or truncates; for scratch files.
Result<void> write_file(const std::string& path, std::string_view content);
// Temporary in the same folder, fsync, rename: readers see the old or the new file, whole.
Result<void> replace_file(const std::string& path, std::string_view content);
Result<void> copy_file(const std::string& from, const std::string& to); // keeps the mode
Result<void> make_folders(const std::string& path);
bool exists(const std::string& path);
// As root we make nothing in a folder of another user, where he could not write it any more: `sudo -E
// make install` compiles with his HOME. The nearest folder that is there decides.
bool may_create(const std::string& path);

// A folder of its own under $TMPDIR (or /tmp), removed with everything in it on destruction.
class ScratchFolder {
public:
  static Result<ScratchFolder> create(const std::string& prefix);
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();
  const std::string& path() const { return m_path; }

private:
  explicit ScratchFolder(std::string path) : m_path(std::move(path)) {}
  std::string m_path;
};

} // namespace autopass
