// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The way of a process into a sandbox, between fork and exec.
#pragma once

#include "sandbox.h"

#include <string>
#include <sys/resource.h>

namespace autopass {

// How a confined program has ended, from the process that kept watch over it.
struct ConfinedEnd {
  int status = 0; // as wait4 gives it
  struct rusage usage {};
  enum class Stop { None, Processes, Memory } stop = Stop::None;
};

// All that enter() needs, made before the fork, because it may not allocate.
struct SandboxEntry {
  explicit SandboxEntry(const Confinement& confinement);

  const Confinement& confinement;
  std::uint64_t page; // bytes
  std::string store_options, folder_options, tmp_options, var_tmp_options; // of mount()
  std::string host_folder, host_open;        // where the sandbox keeps what is covered: below /tmp
  std::uint64_t memory;
  bool var_tmp_is_tmp; // by a link
};

// Called in a fresh child that is alone in its process; makes two more and returns in the last, which
// is to become the program, with 0; errno in the first when something was refused. Nothing returns in
// the others: they wait, and end with the program:
//
//   child      ends when all is over; SIGTERM makes it end everything
//    +- first  of a namespace of processes, which dies with it; watches, and reports to `reports`
//        +- program
//
// Sends to `reports` a message of one byte with the descriptor for WrittenFiles, then a ConfinedEnd;
// when everything was ended from outside, only the first.
int enter(const SandboxEntry& entry, int core, int reports);

} // namespace autopass
