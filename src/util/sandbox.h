// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A view of this machine in which a program can do no harm: the file system can be read and not
// written, but for a folder, /tmp and the like, which are seen as a copy of their own; there is no
// network; and whatever the program has started is gone when it is.
//
// Limit: a server that listens on a socket in the file system (of containers, of the user's services) can
// be spoken to, and may do for the program what the program cannot.
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

private:
  Descriptor m_users, m_mounts, m_network;
};

// Bytes of this machine's memory that a measured program may take: three quarters.
std::uint64_t most_memory();

// What one program may do inside. Paths are absolute.
struct Confinement {
  std::shared_ptr<const Sandbox> sandbox{}; // none: it runs outside, and nothing below holds
  std::string folder{};                     // seen as a copy, which takes what is written; no links in it
  std::vector<std::string> removed{};       // files in it that are not there at the start
  std::string open_folder{};                // may really be written; empty: none
  std::uint64_t written = 4ull << 30;       // bytes of all files; at most a quarter of our memory
  std::uint64_t memory = 0;                 // bytes of all processes; 0: most_memory()
  int processes = 2000;                     // and threads
};

// `folder` by its real path, as a Confinement wants it.
Confinement confined_to(std::shared_ptr<const Sandbox> sandbox, const std::string& folder);

// What a program has written into its copy of the folder; gone with the last of these.
class WrittenFiles {
public:
  WrittenFiles(int view, std::string folder) : m_view(view), m_folder(std::move(folder)) {}
  // Where to read what the program saw as `path`, which is absolute and in the folder; it need not exist.
  // Error (output-outside): a link of the program's leads out of its copy, and would be followed on the host.
  Result<std::string> path_of(const std::string& path) const;

private:
  Descriptor m_view;
  std::string m_folder;
};

} // namespace autopass
