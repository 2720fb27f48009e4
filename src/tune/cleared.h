// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A folder that is empty when a session begins, and gone when it ends, however it ends.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

namespace autopass {

class Cleared {
public:
  explicit Cleared(std::string folder) : m_folder(std::move(folder)) { clear(); }
  ~Cleared() { clear(); }
  Cleared(const Cleared&) = delete;
  Cleared& operator=(const Cleared&) = delete;

private:
  void clear() {
    std::error_code ignored; // what cannot be removed will be tried again
    std::filesystem::remove_all(m_folder, ignored);
  }
  std::string m_folder;
};

} // namespace autopass
