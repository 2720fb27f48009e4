// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "snapshot_file.h"

#include <cstdint>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace autopass {
namespace {

// A million plans take 300 MB, and publication keeps old ones besides (publication.cpp). What is
// needed is read, so that a large file costs a compile no more than a small one.
constexpr std::int64_t largest_snapshot = 2ll << 30;

bool standard_descriptors_are_open() {
  for (int fd = 0; fd < 3; ++fd) {
    if (::fcntl(fd, F_GETFD) < 0) {
      return false;
    }
  }
  return true;
}

} // namespace

bool on_network_file_system(const std::string& path) {
  struct statfs system {};
  if (::statfs(path.c_str(), &system) != 0) {
    return false;
  }
  switch (static_cast<std::uint32_t>(system.f_type)) {
  case 0x6969:     // NFS
  case 0x517b:     // SMB
  case 0xff534d42: // CIFS
  case 0xfe534d42: // SMB 2 and 3
  case 0x5346414f: // AFS
  case 0x00c36400: // Ceph
    return true;
  default:
    return false;
  }
}

Result<void> check_snapshot_file(const std::string& path) {
  struct stat status {};
  if (path.empty() || ::stat(path.c_str(), &status) != 0) {
    return fail("there is no plan snapshot " + path, {}, "no-snapshot");
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(path + " is not a regular file", {}, "snapshot-not-a-file");
  }
  if (status.st_size > largest_snapshot) {
    return fail(path + " is too large for a plan snapshot", {}, "snapshot-too-large");
  }
  if (on_network_file_system(path)) {
    return fail(path + " is on a network file system", "set AUTOPASS_PLANS to a local copy",
                "snapshot-on-network");
  }
  // A file that is opened while one of them is closed takes its number, and the compiler then writes
  // its messages into it.
  if (!standard_descriptors_are_open()) {
    return fail("one of the descriptors 0 to 2 is closed", {}, "descriptor-closed");
  }
  return {};
}

} // namespace autopass
