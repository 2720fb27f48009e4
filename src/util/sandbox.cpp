// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes the namespaces: a child changes what it sees, sends us the doors to it, and ends.
//
//   /           all that is there, read-only
//   /dev        the few devices that do nothing but give or swallow bytes
//   /tmp/host   what /tmp was; /tmp itself is a place to build on (sandbox_view.cpp covers it)
//   network     the loopback interface and no other
//
// A user who is not root needs a namespace of users first, in which he is himself and may do all this.
// Root needs none, and could not have one without the files of others changing hands.
#include "sandbox.h"

#include "descriptor_passing.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <linux/openat2.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace autopass {
namespace {

// What could not be done, for people; null: all was.
using Refused = const char*;

bool write_to(const char* path, const std::string& text) {
  const Descriptor file(::open(path, O_WRONLY | O_CLOEXEC));
  return ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

Refused become_ourselves(uid_t user, gid_t group) {
  if (::unshare(CLONE_NEWUSER) != 0) {
    return "a namespace of users";
  }
  const auto itself = [](unsigned id) {
    return std::to_string(id) + " " + std::to_string(id) + " 1";
  };
  const bool mapped = write_to("/proc/self/setgroups", "deny") &&
                      write_to("/proc/self/uid_map", itself(user)) &&
                      write_to("/proc/self/gid_map", itself(group));
  return mapped ? nullptr : "a map of users";
}

bool raise_loopback() {
  const Descriptor any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  struct ifreq request {};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  return ::ioctl(any.get(), SIOCSIFFLAGS, &request) == 0;
}

bool bind_place(const std::string& from, const std::string& to) {
  return ::mount(from.c_str(), to.c_str(), nullptr, MS_BIND | MS_REC, nullptr) == 0;
}

// Without disks: root may write those whatever the mount says.
Refused harmless_devices() {
  const std::string stage = "/tmp/devices/";
  if (::mkdir(stage.c_str(), 0755) != 0 ||
      ::mount("tmpfs", stage.c_str(), "tmpfs", MS_NOSUID, "size=64k,mode=0755") != 0) {
    return "a folder of devices";
  }
  for (const char* name : {"null", "zero", "full", "random", "urandom", "tty"}) {
    const Descriptor place(::open((stage + name).c_str(), O_CREAT | O_CLOEXEC | O_RDONLY, 0666));
    bind_place(std::string("/dev/") + name, stage + name); // a machine without it: an empty file
  }
  for (const char* folder : {"shm", "pts"}) {
    ::mkdir((stage + folder).c_str(), 0755);
  }
  constexpr std::array<std::array<const char*, 2>, 4> links{{{"/proc/self/fd", "fd"},
                                                             {"/proc/self/fd/0", "stdin"},
                                                             {"/proc/self/fd/1", "stdout"},
                                                             {"/proc/self/fd/2", "stderr"}}};
  for (const auto& [to, name] : links) {
    if (::symlink(to, (stage + name).c_str()) != 0) {
      return "a folder of devices";
    }
  }
  return bind_place(stage, "/dev") ? nullptr : "a folder of devices";
}

// Of the namespace of mounts, after which nothing can be written.
Refused change_view() {
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return "mounts of its own";
  }
  const Descriptor host(
      ::open_tree(AT_FDCWD, "/tmp", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
  if (host.get() < 0 ||
      ::mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755") != 0 ||
      ::mkdir("/tmp/host", 0755) != 0 || ::mkdir("/tmp/store", 0755) != 0 ||
      ::move_mount(host.get(), "", AT_FDCWD, "/tmp/host", MOVE_MOUNT_F_EMPTY_PATH) != 0) {
    return "a folder for temporary files";
  }
  if (const Refused refused = harmless_devices()) {
    return refused;
  }
  struct mount_attr read_only {}, with_devices {};
  read_only.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV; // a device can be written all the same
  with_devices.attr_clr = MOUNT_ATTR_NODEV;
  return ::mount_setattr(AT_FDCWD, "/", AT_RECURSIVE, &read_only, sizeof read_only) == 0 &&
                 ::mount_setattr(AT_FDCWD, "/dev", AT_RECURSIVE, &with_devices, sizeof with_devices) == 0
             ? nullptr
             : "a file system that is only read";
}

Refused prepare(uid_t user, gid_t group) {
  if (user != 0) {
    if (const Refused refused = become_ourselves(user, group)) {
      return refused;
    }
  }
  if (::unshare(CLONE_NEWNS | CLONE_NEWNET) != 0) {
    return "namespaces of mounts and networks";
  }
  raise_loopback(); // without it a program that talks to itself fails, and says so
  return change_view();
}

// What the child has to say: the doors, or what was refused.
struct Message {
  char refused[64] = {};
  int reason = 0;
};

[[noreturn]] void be_the_maker(int to_us) {
  Message message;
  if (const Refused refused = prepare(::geteuid(), ::getegid())) {
    message.reason = errno;
    std::strncpy(message.refused, refused, sizeof message.refused - 1);
  }
  std::array<int, 3> doors{};
  std::size_t count = 0;
  for (const char* name : {"user", "mnt", "net"}) {
    doors.at(count++) = ::open((std::string("/proc/self/ns/") + name).c_str(), O_RDONLY | O_CLOEXEC);
  }
  send_message(to_us, &message, sizeof message, doors.data(), message.reason == 0 ? count : 0);
  ::_exit(0);
}

} // namespace

Result<std::shared_ptr<const Sandbox>> Sandbox::create() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail_errno("cannot make a sandbox");
  }
  const Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  const pid_t maker = ::fork();
  if (maker == 0) {
    be_the_maker(theirs.get());
  }
  theirs.reset();
  Message message;
  std::array<int, 3> doors{-1, -1, -1};
  const bool told = maker > 0 && receive_message(ours.get(), &message, sizeof message, doors.data(),
                                                 doors.size());
  while (maker > 0 && ::waitpid(maker, nullptr, 0) < 0 && errno == EINTR) {
  }
  if (!told || message.reason != 0 || doors[2] < 0) {
    errno = message.reason != 0 ? message.reason : EMFILE;
    return fail_errno("the kernel refuses " +
                          std::string(told ? message.refused : "to make a sandbox"),
                      "--sandbox=off runs the workload without", "sandbox-refused");
  }
  auto sandbox = std::make_shared<Sandbox>();
  sandbox->m_users.reset(doors[0]);
  if (::geteuid() == 0) {
    sandbox->m_users.reset(); // our own
  }
  sandbox->m_mounts.reset(doors[1]);
  sandbox->m_network.reset(doors[2]);
  return sandbox;
}

std::uint64_t most_memory() {
  return static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 4 * 3;
}

Confinement confined_to(std::shared_ptr<const Sandbox> sandbox, const std::string& folder) {
  std::error_code code;
  const std::string real = std::filesystem::canonical(folder, code).string();
  return {std::move(sandbox), code ? std::filesystem::absolute(folder).string() : real};
}

Result<std::string> WrittenFiles::path_of(const std::string& path) const {
  std::string below = path.substr(std::min(path.size(), m_folder.size()));
  below.erase(0, below.find_first_not_of('/'));
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_BENEATH;
  const Descriptor found(static_cast<int>(
      ::syscall(SYS_openat2, m_view.get(), below.c_str(), &how, sizeof how)));
  if (found.get() < 0 && errno != ENOENT && errno != ENOTDIR) {
    return fail_errno("cannot read what the program wrote as " + path,
                      "let it write below " + m_folder + ", without links that lead out",
                      "output-outside");
  }
  return "/proc/self/fd/" + std::to_string(m_view.get()) + "/" + below;
}

} // namespace autopass
