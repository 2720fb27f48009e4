// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Of file.h what goes through whole trees and files by the C++ library. No compile does: the library's
// part for it is large and comes with all of its locales.
#include "file.h"

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace autopass {

Result<void> copy_file(const std::string& from, const std::string& to) {
  std::error_code code;
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, code);
  if (code) {
    return fail("cannot copy " + from + " to " + to + ": " + code.message());
  }
  return {};
}

Result<ScratchFolder> ScratchFolder::create(const std::string& prefix) {
  const char* base = std::getenv("TMPDIR");
  std::string name = std::string(base && *base ? base : "/tmp") + "/" + prefix + ".XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    return fail_errno("cannot create a scratch folder " + name, "set TMPDIR to a writable folder");
  }
  return ScratchFolder(std::move(name));
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept : m_path(std::move(other.m_path)) {
  other.m_path.clear();
}

ScratchFolder::~ScratchFolder() {
  if (!m_path.empty()) {
    std::error_code ignored; // a leftover in /tmp is no reason to fail what has succeeded
    std::filesystem::remove_all(m_path, ignored);
  }
}

} // namespace autopass
