// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sandbox_enter.h"

#include "descriptor_passing.h"
#include "sandbox_view.h"
#include "sandbox_watch.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <linux/capability.h>
#include <sched.h>
#include <string_view>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

namespace autopass {
namespace {

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

bool is_link_to_tmp(const char* path) {
  std::error_code missing;
  return in_tmp(std::filesystem::canonical(path, missing).string());
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

// Since Linux 6.14; before, what is written there is the whole machine's.
bool numbers_are_own() {
  struct utsname kernel {};
  int major = 0, minor = 0;
  return ::uname(&kernel) == 0 && std::sscanf(kernel.release, "%d.%d", &major, &minor) == 2 &&
         (major > 6 || (major == 6 && minor >= 14));
}

// The watch counts ten times a second, in which a fork bomb can take every number that the machine has for
// processes. Where a namespace has its own highest number it is soon out of them; the kernel leaves those up to 300
// out after the first round. There is room between the limit and that: who gets no number may give up, and then
// nobody is left to be counted.
void bound_numbers(int processes) {
  constexpr int room = 4000;
  if (!numbers_are_own()) {
    return;
  }
  const Descriptor highest(::open("/proc/sys/kernel/pid_max", O_WRONLY | O_CLOEXEC));
  std::array<char, 20> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), processes + 300 + room);
  [[maybe_unused]] const ssize_t written = // refused: the watch alone has to do
      ::write(highest.get(), text.data(), static_cast<std::size_t>(end - text.data()));
}

// A /proc of the namespace's own, not to be written to; -1 where the kernel gives none.
int own_proc(int processes) {
  constexpr unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  if (::mount("proc", "/proc", "proc", flags, nullptr) != 0) {
    return -1;
  }
  bound_numbers(processes);
  if (::mount(nullptr, "/proc", nullptr, MS_REMOUNT | MS_RDONLY | flags, nullptr) != 0) {
    ::umount2("/proc", MNT_DETACH);
    if (::mount("proc", "/proc", "proc", flags | MS_RDONLY, nullptr) != 0) {
      return -1;
    }
  }
  return ::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

// Returns in the program's process.
int start_program(const SandboxEntry& entry, int core, int reports) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGTERM, SIG_IGN);
  const int proc = own_proc(entry.confinement.processes);
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
      memory(of.memory != 0 ? of.memory : most_memory()), var_tmp_is_tmp(is_link_to_tmp("/var/tmp")) {}

int enter(const SandboxEntry& entry, int core, int reports) {
  const int written = enter_view(entry);
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
