// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Standard output and error of a process whose words are not wanted before it has succeeded: they go
// to memory, in one piece where both are the same file, so that their order stays.
#pragma once

#include "util/descriptor.h"

#include <memory>

namespace autopass {

class HeldOutput {
public:
  static std::unique_ptr<HeldOutput> make(); // null: no memory, or one of them is closed
  bool capture() const; // in the process that is to be held back
  void replay() const;  // in the one that has the real files

private:
  HeldOutput() = default;
  int output() const { return m_one_file ? m_errors.get() : m_output.get(); }
  Descriptor m_output, m_errors;
  bool m_one_file = false;
};

} // namespace autopass
