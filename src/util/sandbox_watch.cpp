// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Counts what is in the namespace by reading its /proc, ten times a second: the kernel has limits for one
// process and for a user, but none for a workload that needs no rights of its own. Between fork and exec of
// a process that may have had threads, so nothing here allocates.
#include "sandbox_watch.h"

#include "descriptor_passing.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr int look_every = 100; // milliseconds

// What all processes of this namespace hold together; memory that several share counts for none.
struct Held {
  std::uint64_t threads = 0;
  std::uint64_t memory = 0;
};

// A decimal number; `text` is left behind it.
std::uint64_t number(std::string_view& text) {
  std::uint64_t value = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    value = value * 10 + static_cast<std::uint64_t>(text.front() - '0');
    text.remove_prefix(1);
  }
  text.remove_prefix(text.empty() ? 0 : 1);
  return value;
}

// A file of a process in /proc, whose folders there are called by their numbers.
struct Name {
  std::array<char, 64> text{};
  Name(std::string_view process, std::string_view file) {
    std::copy(file.begin(), file.end(), std::copy(process.begin(), process.end(), text.begin()));
  }
};

// Pages.
std::uint64_t memory_of(int proc, std::string_view process) {
  const Name name(process, "/statm");
  const Descriptor statm(::openat(proc, name.text.data(), O_RDONLY | O_CLOEXEC));
  std::array<char, 128> content{};
  const ssize_t size = ::read(statm.get(), content.data(), content.size());
  std::string_view text(content.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  number(text); // of addresses
  const std::uint64_t resident = number(text);
  const std::uint64_t shared = number(text);
  return resident - std::min(resident, shared);
}

// One folder for each, beside "." and "..".
std::uint64_t threads_of(int proc, std::string_view process) {
  struct stat status {};
  const Name task(process, "/task");
  return ::fstatat(proc, task.text.data(), &status, 0) == 0 && status.st_nlink > 2
             ? status.st_nlink - 2
             : 1;
}

struct Entry { // as getdents64 gives it
  std::uint64_t inode;
  std::int64_t next;
  unsigned short size;
  unsigned char type;
  char name[1];
};

Held look(int proc) {
  Held held;
  alignas(Entry) static std::array<char, 32768> entries; // no allocation: see enter()
  ::lseek(proc, 0, SEEK_SET);
  for (long size = 0;
       (size = ::syscall(SYS_getdents64, proc, entries.data(), entries.size())) > 0;) {
    for (long at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const Entry*>(entries.data() + at);
      at += entry->size;
      const std::string_view name(entry->name);
      if (name.front() >= '0' && name.front() <= '9') {
        held.threads += threads_of(proc, name);
        held.memory += memory_of(proc, name);
      }
    }
  }
  return held;
}

ConfinedEnd::Stop over_a_limit(const SandboxEntry& entry, int proc) {
  if (proc < 0) {
    return ConfinedEnd::Stop::None; // a kernel that gives us no /proc of our own
  }
  const Held held = look(proc);
  if (held.threads > static_cast<std::uint64_t>(entry.confinement.processes) + 1) {
    return ConfinedEnd::Stop::Processes;
  }
  return held.memory > entry.memory / entry.page ? ConfinedEnd::Stop::Memory : ConfinedEnd::Stop::None;
}

} // namespace

void keep_watch(const SandboxEntry& entry, pid_t program, int proc, int reports) {
  const Descriptor ending(static_cast<int>(::syscall(SYS_pidfd_open, program, 0)));
  ConfinedEnd end;
  while (end.stop == ConfinedEnd::Stop::None) {
    // Orphans are ours to reap, too.
    pid_t reaped = 0;
    struct rusage usage {};
    int status = 0;
    while ((reaped = ::wait4(-1, &status, WNOHANG, &usage)) > 0 && reaped != program) {
    }
    if (reaped == program) {
      end.stop = over_a_limit(entry, proc); // the first that gets no number more may have been this one
      end.status = status;
      end.usage = usage;
      break;
    }
    end.stop = over_a_limit(entry, proc);
    struct pollfd ended {ending.get(), POLLIN, 0};
    ::poll(&ended, 1, look_every);
  }
  ::kill(-1, SIGKILL); // all but us
  send_message(reports, &end, sizeof end);
  ::_exit(0);
}

} // namespace autopass
