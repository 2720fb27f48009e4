// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Standard output and error of a compile whose words are not wanted before it has succeeded: they go
// to memory, in one piece where both are the same file, so that their order stays.
#pragma once

#include "util/descriptor.h"

#include <sys/types.h>

namespace autopass {

// Where nothing was held, as in a link, the real descriptors are -1, and all but begin() do nothing.
class HeldOutput {
public:
  bool begin();  // false: no memory, or one of them is closed
  void replay(); // the words go where they should have gone, and so do all that follow
  // The words are forgotten, and those that follow are kept apart until take_back() forgets them, too, or
  // replay_early() says them. Safe in a signal handler.
  void drop() const;
  off_t size() const; // bytes on standard error so far
  // Where they should go, for the program that this process is to execute.
  int real_output() const { return m_real_output.get(); }
  int real_error() const { return m_real_error.get(); }
  static void take_back(int real_output, int real_error);
  static void replay_early(int real_output, int real_error);

private:
  int output() const { return m_one_file ? m_errors.get() : m_output.get(); }
  Descriptor m_output, m_errors, m_real_output, m_real_error, m_early_output, m_early_errors;
  bool m_one_file = false;
};

} // namespace autopass
