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
#include "sandbox_view.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

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
      ::mount("overlay", "/tmp/store/view", "overlay", MS_NODEV, entry.folder_options.c_str()) != 0) {
    return -1;
  }
  const int written = ::open("/tmp/store/view", O_PATH | O_DIRECTORY | O_CLOEXEC);
  const int folder = view_of("/tmp/store/view");
  const int opened = entry.host_open.empty() ? -1 : writable_view_of(entry.host_open.c_str());
  if (written < 0 || folder < 0 || (!entry.host_open.empty() && opened < 0)) {
    return -1;
  }
  put(view_of("/tmp/store/shm"), "/dev/shm");
  if (!entry.var_tmp_is_tmp) {
    cover("/var/tmp", entry.var_tmp_options.c_str(), "/tmp/store/var");
  }
  cover("/tmp", entry.tmp_options.c_str(), "/tmp/store/tmp"); // no path leads to the store any more
  return put(folder, entry.confinement.folder.c_str()) &&
                 (opened < 0 || put(opened, entry.confinement.open_folder.c_str()))
             ? written
             : -1;
}

} // namespace

int enter_view(const SandboxEntry& entry) {
  return join(*entry.confinement.sandbox) ? change_view(entry) : -1;
}

} // namespace autopass
