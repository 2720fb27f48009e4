// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A view of this machine in which a program can do no harm: the file system can be read and not
// written, but for a folder, /tmp and the like, which are seen as a copy of their own; there is no
// network; and whatever the program has started is gone when it is.
//
// Limit: a socket of the file system that the user may connect to can be connected to.
#pragma once

#include "descriptor.h"
#include "error.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace autopass {

// Namespaces that wait for a program to come in: descriptors, no process. Made once a session: a network
// takes the kernel ten milliseconds to make and to take down again.
class Sandbox {
public:
  // An Error with the reason sandbox-refused, which says what the kernel did not allow.
  static Result<std::shared_ptr<const Sandbox>> create();

  // Each joined by setns() in this order; the first is -1 for root, who needs none.
  const Descriptor& users() const { return m_users; }
  const Descriptor& mounts() const { return m_mounts; }
  const Descriptor& network() const { return m_network; }
  const Descriptor& messages() const { return m_messages; }

private:
  Descriptor m_users, m_mounts, m_network, m_messages;
};

// What one program may do inside. Paths are absolute.
struct Confinement {
  std::shared_ptr<const Sandbox> sandbox{}; // none: it runs outside, and nothing below holds
  std::string folder{};                     // seen as a copy, which takes what is written
  std::vector<std::string> removed{};       // files in it that are not there at the start
  std::string open_folder{};                // may really be written; empty: none
  std::uint64_t written = 4ull << 30;       // bytes of all files together
  std::uint64_t memory = 0;                 // bytes of all processes; 0: three quarters of ours
  int processes = 2000;
};

// What a program has written into its copy of the folder; gone with the last of these.
class WrittenFiles {
public:
  WrittenFiles(int store, std::string folder) : m_store(store), m_folder(std::move(folder)) {}
  // Where to read what the program wrote as `path`, which is absolute and in the folder.
  std::string path_of(const std::string& path) const;

private:
  Descriptor m_store;
  std::string m_folder;
};


} // namespace autopass
