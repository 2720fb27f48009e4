// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The files that this compile has open for writing, so that what another process has done to them
// can be undone. clang opens its object before it parses, under another name beside it, and renames
// it at its very end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace autopass {

class OpenOutputs {
public:
  // Nothing when there is none (the output is standard output), or one that could not be put back
  // (a pipe, a device).
  static std::optional<OpenOutputs> find();
  // True once one of them has been renamed: clang is done, and what it wrote is whole.
  bool renamed() const;
  // Makes them what they were when they were found: length, position, and the file itself under its
  // name, should it have been removed. False: that did not work.
  bool restore() const;

private:
  struct Output {
    int fd;
    std::string path; // as the kernel knows it
    dev_t device;
    ino_t inode;
    mode_t mode;
    off_t size, position;
  };
  static bool restore(const Output& output);
  std::vector<Output> m_outputs;
};

} // namespace autopass
