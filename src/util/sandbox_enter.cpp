// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a program sees is put together out of the sandbox's read-only view and a file system in memory
// that is made for this one run, so that nothing has to be cleaned up after it:
//
//   /tmp/store          in memory, of limited size
//   folder              the folder itself below, store/folder above: written there, read through
//   /tmp                /tmp/host below, store/tmp above; covers the store
//   /var/tmp            the same; where an overlay of one of the two is refused it is empty
//   /dev/shm            empty
//
// Views are made in the store and then moved to their place, because once /tmp is covered no path leads
// to either of its halves.
#include "sandbox_enter.h"

#include "descriptor_passing.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <fstream>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <string_view>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace autopass {
namespace {

constexpr int look_every = 100; // milliseconds

// A comma separates options and a colon layers; the kernel takes both with a backslash.
std::string escaped(std::string_view path) {
  std::string text;
  for (const char c : path) {
    if (c == ',' || c == ':' || c == '\\') {
      text += '\\';
    }
    text += c;
  }
  return text;
}

bool in_tmp(std::string_view path) {
  return path == "/tmp" || path.substr(0, 5) == "/tmp/";
}

std::string on_host(const std::string& path) {
  return in_tmp(path) ? "/tmp/host" + path.substr(4) : path;
}

// True in a namespace of users that is not the machine's: there an overlay may keep its notes in
// attributes of users only, and can delete no folder without.
bool has_own_users() {
  std::ifstream map("/proc/self/uid_map");
  std::uint64_t first = 0, outside = 0, count = 0;
  map >> first >> outside >> count;
  return ::geteuid() != 0 || count != 4294967295;
}

std::string overlay(const std::string& below, const std::string& name) {
  return "lowerdir=" + below + ",upperdir=/tmp/store/" + name + ",workdir=/tmp/store/" + name +
         "-work" + (has_own_users() ? ",userxattr" : ",metacopy=off");
}

std::uint64_t most_memory() {
  return static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 4 * 3;
}

// ---- The view

bool join(const Sandbox& sandbox) {
  if (sandbox.users().get() >= 0 && ::setns(sandbox.users().get(), CLONE_NEWUSER) != 0) {
    return false;
  }
  return ::setns(sandbox.mounts().get(), CLONE_NEWNS) == 0 &&
         ::setns(sandbox.network().get(), CLONE_NEWNET) == 0 &&
         ::unshare(CLONE_NEWNS | CLONE_NEWIPC) == 0;
}

bool put(int view, const char* place) {
  const bool put = ::move_mount(view, "", AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH) == 0;
  ::close(view);
  return put;
}

int view_of(const char* path) {
  return ::open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
}

// A temporary folder as a copy of its own; empty where the kernel makes none (something is mounted in it).
void cover(const char* place, const char* options, const char* empty) {
  if (::mount("overlay", place, "overlay", MS_NOSUID | MS_NODEV, options) != 0) {
    const int view = view_of(empty); // a machine without that folder has none inside
    put(view, place);
  }
}

int writable_view_of(const char* path) {
  const int view = view_of(path);
  struct mount_attr writable {};
  writable.attr_clr = MOUNT_ATTR_RDONLY;
  return ::mount_setattr(view, "", AT_EMPTY_PATH, &writable, sizeof writable) == 0 ? view : -1;
}

bool make_like(const char* path, const struct stat& example) {
  if (::mkdir(path, 0700) != 0) {
    return false;
  }
  // Where we may not give it to its owner we are not the owner, and need what others may.
  [[maybe_unused]] const int given = ::chown(path, example.st_uid, example.st_gid);
  return ::chmod(path, example.st_mode & 07777) == 0;
}

bool make_store(const SandboxEntry& entry, const char* folder) {
  struct stat like_folder {}, like_tmp {};
  like_tmp.st_mode = 01777;
  like_tmp.st_uid = ::geteuid();
  like_tmp.st_gid = ::getegid();
  return ::mount("tmpfs", "/tmp/store", "tmpfs", MS_NOSUID | MS_NODEV,
                 entry.store_options.c_str()) == 0 &&
         ::stat(folder, &like_folder) == 0 && make_like("/tmp/store/folder", like_folder) &&
         make_like("/tmp/store/tmp", like_tmp) && make_like("/tmp/store/var", like_tmp) &&
         make_like("/tmp/store/shm", like_tmp) && ::mkdir("/tmp/store/folder-work", 0700) == 0 &&
         ::mkdir("/tmp/store/tmp-work", 0700) == 0 && ::mkdir("/tmp/store/var-work", 0700) == 0 &&
         ::mkdir("/tmp/store/view", 0700) == 0;
}

// In place of what the sandbox shows: the program's own copies. The descriptor of the folder's, or -1.
int change_view(const SandboxEntry& entry) {
  if (!make_store(entry, entry.host_folder.c_str()) ||
      ::mount("overlay", "/tmp/store/view", "overlay", 0, entry.folder_options.c_str()) != 0) {
    return -1;
  }
  const int written = ::open("/tmp/store/view", O_PATH | O_DIRECTORY | O_CLOEXEC);
  const int folder = view_of("/tmp/store/view");
  const int opened = entry.host_open.empty() ? -1 : writable_view_of(entry.host_open.c_str());
  if (written < 0 || folder < 0 || (!entry.host_open.empty() && opened < 0)) {
    return -1;
  }
  put(view_of("/tmp/store/shm"), "/dev/shm");
  cover("/var/tmp", entry.var_tmp_options.c_str(), "/tmp/store/var");
  cover("/tmp", entry.tmp_options.c_str(), "/tmp/store/tmp"); // no path leads to the store any more
  return put(folder, entry.confinement.folder.c_str()) &&
                 (opened < 0 || put(opened, entry.confinement.open_folder.c_str()))
             ? written
             : -1;
}

// ---- The first process

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

[[noreturn]] void keep_watch(const SandboxEntry& entry, pid_t program, int proc, int reports) {
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

// Off the core that the program is measured on, where there is another.
void leave(int core) {
  cpu_set_t set;
  if (core < 0 || ::sched_getaffinity(0, sizeof set, &set) != 0) {
    return;
  }
  CPU_CLR(static_cast<unsigned>(core), &set);
  if (CPU_COUNT(&set) > 0) {
    ::sched_setaffinity(0, sizeof set, &set);
  }
}

// What root can do without being stopped by a read-only view; a user's exec drops all of it anyway.
void drop_capabilities() {
  // Without CAP_DAC_READ_SEARCH, with which open_by_handle_at() finds its way out by any descriptor.
  constexpr std::array kept{CAP_CHOWN,  CAP_DAC_OVERRIDE, CAP_FOWNER,
                            CAP_FSETID, CAP_SETGID,       CAP_SETUID};
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
    if (std::find(kept.begin(), kept.end(), capability) == kept.end()) {
      ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    }
  }
  // What is inherited goes through exec past the bounding set.
  struct __user_cap_header_struct ours {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct sets[2] {};
  if (::syscall(SYS_capget, &ours, sets) == 0) {
    sets[0].inheritable = sets[1].inheritable = 0;
    ::syscall(SYS_capset, &ours, sets);
  }
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

// Returns in the program's process.
int start_program(const SandboxEntry& entry, int core, int reports) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGTERM, SIG_IGN);
  const bool own = ::mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY,
                           nullptr) == 0;
  const int proc = own ? ::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  drop_capabilities(); // here, where it costs the program no time of its own
  cpu_set_t allowed;
  const bool known = ::sched_getaffinity(0, sizeof allowed, &allowed) == 0;
  leave(core);
  const pid_t program = ::fork();
  if (program < 0) {
    return errno;
  }
  if (program > 0) {
    keep_watch(entry, program, proc, reports);
  }
  ::signal(SIGTERM, SIG_DFL);
  ::setsid(); // away from the terminal, into which it could type
  if (known) {
    ::sched_setaffinity(0, sizeof allowed, &allowed);
  }
  for (const auto& path : entry.confinement.removed) {
    ::unlink(path.c_str());
  }
  ::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC); // a folder that we were started with is a way out
  return 0;
}

// ---- The child

pid_t first_process = 0; // of this process's sandbox: for its signal handler

[[noreturn]] void wait_for_all() {
  struct sigaction end {};
  end.sa_handler = [](int) { ::kill(first_process, SIGKILL); };
  ::sigaction(SIGTERM, &end, nullptr);
  // It ends when its namespace is empty.
  while (::waitpid(first_process, nullptr, 0) < 0 && errno == EINTR) {
  }
  ::_exit(0);
}

} // namespace

SandboxEntry::SandboxEntry(const Confinement& of)
    : confinement(of), page(static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))),
      store_options("mode=0755,size=" + std::to_string(std::min(of.written, most_memory() / 3))),
      folder_options(overlay(escaped(on_host(of.folder)), "folder")),
      tmp_options(overlay("/tmp/host", "tmp")), var_tmp_options(overlay("/var/tmp", "var")),
      host_folder(on_host(of.folder)),
      host_open(of.open_folder.empty() ? "" : on_host(of.open_folder)),
      memory(of.memory != 0 ? of.memory : most_memory()) {}

int enter(const SandboxEntry& entry, int core, int reports) {
  if (!join(*entry.confinement.sandbox)) {
    return errno;
  }
  const int written = change_view(entry);
  if (written < 0) {
    return errno;
  }
  const char byte = 0;
  send_message(reports, &byte, 1, &written, 1);
  ::close(written);
  if (::unshare(CLONE_NEWPID) != 0) {
    return errno;
  }
  first_process = ::fork();
  if (first_process < 0) {
    return errno;
  }
  if (first_process > 0) {
    leave(core);
    wait_for_all();
  }
  return start_program(entry, core, reports);
}

} // namespace autopass
